package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Sees that rounds are committed in their order, each of enough updates, with exactly the bits that these give, and the
 * evaluations of that very model.
 */
final class RoundWitness {
    private final Scenario scenario;
    private final RunSpec spec;
    private final Trace trace;
    private final Tally tally;
    private final Map<String, HeldBack> heldBack;
    private final Predicate<String> named;
    private SortedMap<String, Task> lastFit = new TreeMap<>();
    private SortedMap<String, Task> lastPersonalise = new TreeMap<>();
    /** What was counted last in each phase, and in which round. */
    private final Map<Phase, Counted> last = new EnumMap<>(Phase.class);
    /** By node. */
    private final Map<String, Integer> lastCounted = new HashMap<>();
    private int commits;

    /**
     * @param heldBack by node
     * @param named    whether the node's answer cannot be used, as was told
     */
    RoundWitness(Scenario scenario, Trace trace, Tally tally, Map<String, HeldBack> heldBack, Predicate<String> named) {
        this.scenario = scenario;
        this.spec = scenario.run();
        this.trace = trace;
        this.tally = tally;
        this.heldBack = heldBack;
        this.named = named;
    }

    /** Nodes are asked to train. */
    void trains(SortedMap<String, Task> tasks) {
        lastFit = tasks;
    }

    /** Nodes are asked for models of their own. */
    void personalises(SortedMap<String, Task> tasks) {
        lastPersonalise = tasks;
    }

    /** All answers were counted. */
    void counted(Question question, SortedMap<String, Report> reports) {
        last.put(question.phase(), new Counted(question.round(), reports));
    }

    /** A checkpoint is about to be replaced. */
    void commits(Optional<Checkpoint> before, Checkpoint after) {
        int round = after.state().round();
        if (!after.closing().equals(Closing.NONE)) {
            closes(before.orElseThrow(), after);
            return;
        }
        trace.note(() -> "commits round " + round);
        assertThat(round).as("the round that is committed after %d others", commits).isEqualTo(commits);
        commits++;
        if (round == 0) {
            return;
        }
        RoundRecord record = after.history().getLast();
        assertThat(record.duration().isNegative()).as("round %d took less than no time", round).isFalse();
        SortedSet<String> trained = those(record, part -> !part.training().equals(Metrics.NONE));
        assertThat(trained.size()).as("updates in round " + round)
                .isGreaterThanOrEqualTo(spec.cohort().minimumReports());
        trace.note(() -> "round " + round + " of " + trained);
        assertThat(record.asked()).as("who was asked in round %d", round).containsAll(trained);
        assertThat(trained).as("whose updates are in round %d", round).isEqualTo(honest(round));
        counted(round, Phase.FIT).keySet().forEach(node -> assertThat(trained.contains(node) || named.test(node))
                .as("%s is counted in round %d, or named", node, round).isTrue());
        assertThat(after.state().parameters()).as("the model of round %d, of %s", round, trained)
                .isEqualTo(expected(before.orElseThrow(), trained));
        trained.forEach(node -> lastCounted.put(node, round));
        requirePartial(record);
        assertThat(record.discarded().keySet()).as("whose updates round %d tells as discarded", round)
                .isEqualTo(discarded(round, trained));
        requireEvaluations(record, after);
    }

    /** After the last round nothing changes but what is answered to the questions after it. */
    private void closes(Checkpoint before, Checkpoint after) {
        trace.note(() -> "closes, with own models of " + after.closing().personal().keySet());
        assertThat(before.closing()).as("what was answered after the last round before").isEqualTo(Closing.NONE);
        assertThat(after.state().round()).as("the last round").isEqualTo(spec.rounds());
        assertThat(after.state()).as("the state after the last round").isEqualTo(before.state());
        assertThat(after.history()).as("the rounds").isEqualTo(before.history());
        SortedMap<String, Report> reports = counted(spec.rounds(), Phase.PERSONALISE);
        reports.forEach((node, report) -> assertThat(after.closing().personal().containsKey(node))
                .as("%s is counted, by %s", report, node).isEqualTo(report instanceof Report.Personalised));
        after.closing().personal().forEach((node, models) -> {
            Task.Personalise task = (Task.Personalise) Objects.requireNonNull(lastPersonalise.get(node));
            assertThat(task.parameters()).as("the model that %s makes its own", node)
                    .isEqualTo(after.state().parameters());
            assertThat(task.counted()).as("the last round of %s that counts", node)
                    .isEqualTo(lastCounted.getOrDefault(node, 0));
            Report.Personalised honest = (Report.Personalised) perform(node, task, Client.TIMELESS);
            assertThat(models).as("the own model of %s", node).isEqualTo(new Closing.Personal(
                    Metrics.of(honest.shared()), Metrics.of(honest.personal())));
        });
    }

    /** What was done in part is told to be. */
    private void requirePartial(RoundRecord record) {
        record.clients().forEach((node, part) -> part.partial().ifPresent(share -> {
            assertThat(share).as("how much of round %d %s has done", record.round(), node)
                    .isEqualTo(update(record.round(), node).share());
            tally.count(Mishap.PARTIAL_WORK);
        }));
        those(record, part -> !part.training().equals(Metrics.NONE)).forEach(node -> assertThat(
                update(record.round(), node).isPartial()).as("whether %s has done all of round %d", node,
                        record.round())
                .isEqualTo(record.clients().get(node).partial().isPresent()));
    }

    private ModelUpdate update(int round, String node) {
        return ((Report.Fitted) Objects.requireNonNull(counted(round, Phase.FIT).get(node))).update();
    }

    private void requireEvaluations(RoundRecord record, Checkpoint after) {
        SortedMap<String, Report> reports = counted(record.round(), Phase.EVALUATE);
        SortedSet<String> evaluated = those(record, part -> !part.evaluation().equals(Metrics.NONE));
        reports.forEach((node, report) -> assertThat(evaluated.contains(node)).as("%s is counted, by %s", report, node)
                .isEqualTo(report instanceof Report.Evaluated told && !told.sums().equals(Sums.NONE)));
        assertThat(reports.keySet()).as("who evaluated round " + record.round()).containsAll(evaluated);
        evaluated.forEach(node -> assertThat(record.clients().get(node).evaluation())
                .as("the evaluation of round %d by %s", record.round(), node).isEqualTo(evaluation(after, node)));
    }

    private static SortedSet<String> those(RoundRecord record, Predicate<RoundRecord.ClientRound> which) {
        return record.clients().keySet().stream().filter(node -> which.test(record.clients().get(node)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private SortedMap<String, Report> counted(int round, Phase phase) {
        Counted found = last.get(phase);
        return found == null || found.round != round ? new TreeMap<>() : found.reports;
    }

    /** Who has sent an update that can be counted. */
    private SortedSet<String> honest(int round) {
        SortedMap<String, Report> reports = counted(round, Phase.FIT);
        return reports.keySet().stream().filter(node -> reports.get(node) instanceof Report.Fitted)
                .filter(node -> scenario.mischief().isHonest(node, Objects.requireNonNull(lastFit.get(node))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private SortedSet<String> discarded(int round, SortedSet<String> trained) {
        SortedMap<String, Report> reports = counted(round, Phase.FIT);
        return reports.keySet().stream().filter(node -> reports.get(node) instanceof Report.Fitted)
                .filter(node -> !trained.contains(node)).collect(Collectors.toCollection(TreeSet::new));
    }

    private Parameters expected(Checkpoint before, SortedSet<String> trained) {
        RoundPlan plan = before.strategy(spec).plan(before.state());
        Aggregator.Accumulator updates = plan.aggregator().start(plan.parameters().layout());
        for (String node : trained) {
            Task.Fit task = (Task.Fit) Objects.requireNonNull(lastFit.get(node));
            assertThat(task.parameters()).as("what " + node + " trained").isEqualTo(plan.parameters());
            updates.add(((Report.Fitted) perform(node, task, stopAfter(update(task.round(), node),
                    task.training()))).update());
        }
        ServerState next = before.strategy(spec).step(before.state(), updates.finish());
        return next.parameters();
    }

    private Metrics evaluation(Checkpoint after, String node) {
        Task.Evaluate task = new Task.Evaluate(Scenario.RUN, after.state().round(), spec.data(), after.preprocessing(),
                spec.model(), after.state().parameters(), Detail.NONE, lastCounted.getOrDefault(node, 0),
                spec.personalization().inEvaluations());
        return Metrics.of(((Report.Evaluated) perform(node, task, Client.TIMELESS)).sums());
    }

    /** A clock by which the time is over when as many steps are done as in the update, of which each took one row. */
    private static LongSupplier stopAfter(ModelUpdate update, LocalTraining training) {
        long steps = Math.round(update.share() * update.weight() * training.epochs());
        long[] looks = new long[1];
        return () -> looks[0]++ <= steps ? 0 : Long.MAX_VALUE; // the first is when the work begins
    }

    /** As the node should have done it, beginning with what it held back. */
    private Report perform(String node, Task task, LongSupplier nanos) {
        ClientMemory memory = ClientMemory.inMemory();
        int remembered = task instanceof Task.Evaluate evaluate ? evaluate.counted()
                : task instanceof Task.Personalise personalise ? personalise.counted() : 0;
        if (task instanceof Task.Fit fit) {
            assertThat(fit.counted()).as("the last round of %s that counts", node)
                    .isEqualTo(lastCounted.getOrDefault(node, 0));
            heldBack.get(node).of(fit.counted()).ifPresent(held -> memory.keep(fit.run(), 0, fit.counted(), held));
        } else if (remembered > 0) {
            heldBack.get(node).of(remembered).ifPresent(held -> memory.keep(task.run(), 0, remembered, held));
        }
        try {
            return new Client(Map.of(Scenario.DATA_SET, new TableSource(scenario.tables().get(node))), Consent.TO_ALL,
                    memory, nanos).perform(task);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private record Counted(int round, SortedMap<String, Report> reports) {}
}
