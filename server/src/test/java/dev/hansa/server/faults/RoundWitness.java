package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.Aggregator;
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
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
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
    private final Rehearsal rehearsal;
    private final ClosingWitness closing;
    private final Predicate<String> named;
    private SortedMap<String, Task> lastFit = new TreeMap<>();
    /** What was counted last in each phase, and in which round. */
    private final Map<Phase, Counted> last = new EnumMap<>(Phase.class);
    /** By node. */
    private final Map<String, Integer> lastCounted = new HashMap<>();
    private int commits;

    /** @param named whether the node's answer cannot be used, as was told */
    RoundWitness(Scenario scenario, Trace trace, Tally tally, Rehearsal rehearsal, ClosingWitness closing,
            Predicate<String> named) {
        this.scenario = scenario;
        this.spec = scenario.run();
        this.trace = trace;
        this.tally = tally;
        this.rehearsal = rehearsal;
        this.closing = closing;
        this.named = named;
    }

    /** Nodes are asked to train. */
    void trains(SortedMap<String, Task> tasks) {
        lastFit = tasks;
    }

    /** All answers were counted. */
    void counted(Question question, SortedMap<String, Report> reports) {
        last.put(question.phase(), new Counted(question.round(), reports));
    }

    /** A checkpoint is about to be replaced. */
    void commits(Optional<Checkpoint> before, Checkpoint after) {
        int round = after.state().round();
        if (!after.closing().equals(Closing.NONE)) {
            closing.commits(before.orElseThrow(), after, node -> lastCounted.getOrDefault(node, 0));
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
            assertThat(task.counted()).as("the last round of %s that counts", node)
                    .isEqualTo(task.isRemembered() ? lastCounted.getOrDefault(node, 0) : 0);
            updates.add(rehearsal.update(node, task, update(task.round(), node)));
        }
        ServerState next = before.strategy(spec).step(before.state(), updates.finish());
        return next.parameters();
    }

    private Metrics evaluation(Checkpoint after, String node) {
        Task.Evaluate task = new Task.Evaluate(Scenario.RUN, after.state().round(), spec.data(), after.preprocessing(),
                spec.model(), after.state().parameters(), Detail.NONE, lastCounted.getOrDefault(node, 0),
                spec.personalization().inEvaluations());
        return rehearsal.evaluation(node, task);
    }

    private record Counted(int round, SortedMap<String, Report> reports) {}
}
