package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.Consent;
import dev.hansa.core.compress.Residuals;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.server.store.TaskRow;
import dev.hansa.wire.message.BlobCodec;
import dev.hansa.wire.message.ReportCodec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Sees from outside what a coordinator asks, acknowledges, counts and commits, over all its lives, and throws when that
 * breaks a promise.
 */
final class Witness {
    private final Scenario scenario;
    private final RunSpec spec;
    private final boolean patient;
    private final Trace trace;
    private final Tally tally;
    private final Map<String, HeldBack> heldBack;
    /** All that was ever asked, by id. */
    private final Map<String, TaskRow> asked = new LinkedHashMap<>();
    /** What nodes were told when they were given it. */
    private final Map<String, dev.hansa.wire.proto.Task> given = new HashMap<>();
    /** What nodes were told, or could have been told, that it is safe. */
    private final Map<String, Report> acknowledged = new LinkedHashMap<>();
    /** Of these the ones that are not in a checkpoint yet and may be wanted, with the files they need in the spool. */
    private final Map<String, Optional<String>> owed = new LinkedHashMap<>();
    /** Who was counted when the asking was over, and is not being asked again. */
    private final Map<Question, SortedSet<String>> counted = new HashMap<>();
    /** Who is being asked, or was when the last life ended. */
    private final Map<Question, SortedSet<String>> waiting = new HashMap<>();
    private SortedMap<String, Task> lastFit = new TreeMap<>();
    /** What was counted last in each phase, and in which round. */
    private final Map<Phase, Counted> last = new EnumMap<>(Phase.class);
    /** Who was named in this round because the answer cannot be used. */
    private final Set<String> named = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>();
    private int commits;
    private long troublesTold;

    /** @param heldBack by node */
    Witness(Scenario scenario, Trace trace, Tally tally, Map<String, HeldBack> heldBack) {
        this.scenario = scenario;
        this.spec = scenario.run();
        this.patient = scenario.patient();
        this.trace = trace;
        this.tally = tally;
        this.heldBack = heldBack;
    }

    /** @param troubles that the coordinator's disk has had */
    void happens(RunEvent event, long troubles) {
        trace.note(() -> "event " + event.getClass().getSimpleName() + switch (event) {
            case RunEvent.RoundStarted started ->
                    " " + started.round() + "." + started.attempt() + " " + started.cohort();
            case RunEvent.ClientAnswered answered -> " " + answered.client() + " " + answered.phase();
            case RunEvent.ClientSilent silent -> " " + silent.client() + " " + silent.phase();
            case RunEvent.ClientFailed failed -> " " + failed.client() + ": " + failed.reason();
            case RunEvent.UpdateDiscarded discarded -> " " + discarded.client() + ": " + discarded.reason();
            case RunEvent.RoundAbandoned abandoned -> " " + abandoned.reason();
            case RunEvent.Waiting waiting -> " " + waiting.present() + " of " + waiting.needed()
                    + waiting.waitsFor().replaceFirst(" \\(.*", ""); // in brackets are names of files, new each time
            case RunEvent.Failed failed -> ": " + failed.reason();
            default -> "";
        });
        tally(event);
        switch (event) {
            case RunEvent.UpdateDiscarded discarded -> named(discarded.client());
            case RunEvent.ClientFailed failed -> named(failed.client());
            case RunEvent.ClientRefused refusal -> named(refusal.client());
            case RunEvent.Waiting waiting when waiting.needed() == 0 -> {
                assertThat(troubles).as("troubles of the disk, since the run last waited for it")
                        .isGreaterThan(troublesTold);
                troublesTold = troubles;
            }
            default -> {
            }
        }
        boolean gaveUp = event instanceof RunEvent.RoundAbandoned
                || event instanceof RunEvent.ClientSilent silent && silent.phase() != Phase.EVALUATE;
        assertThat(patient && gaveUp).as("%s, where everybody is waited for", event).isFalse();
    }

    private void named(String node) {
        named.add(node);
        assertThat(patient && !scenario.mischief().deeds().containsKey(node))
                .as("%s, who is honest and has a good disk, cannot be used", node).isFalse();
    }

    private void tally(RunEvent event) {
        switch (event) {
            case RunEvent.UpdateDiscarded discarded -> tally.count(Mishap.UPDATE_DISCARDED);
            case RunEvent.ClientFailed failed -> tally.count(Mishap.NODE_FAILED);
            case RunEvent.ClientRefused refusal -> tally.count(Mishap.NODE_REFUSED);
            case RunEvent.ClientSilent silent -> tally.count(Mishap.NODE_SILENT);
            case RunEvent.RoundAbandoned abandoned -> tally.count(Mishap.ROUND_ABANDONED);
            case RunEvent.Waiting waiting when waiting.needed() == 0 -> tally.count(Mishap.RUN_WAITED_FOR_DISK);
            default -> {
            }
        }
    }

    /** The tasks are about to be written down. */
    void asks(List<TaskRow> tasks) {
        for (TaskRow task : tasks) {
            trace.note(() -> "asks " + name(task.id()) + " " + task.node() + " " + task.question());
            assertThat(asked.putIfAbsent(task.id(), task)).as("an id that is used again").isNull();
            assertThat(refused).as("who takes no part, and is asked again").doesNotContain(task.node());
            owed.keySet().removeIf(id -> isReplaced(asked.get(id), task));
            acknowledged.forEach((id, report) -> {
                TaskRow before = asked.get(id);
                boolean same = before.question().equals(task.question()) || report instanceof Report.Described
                        && task.question().phase() == Phase.DESCRIBE;
                assertThat(same && before.node().equals(task.node())).as("%s of %s is asked for again as %s", name(id),
                        task.node(), name(task.id())).isFalse();
                boolean sameRound = before.question().round() == task.question().round()
                        && before.question().phase() == task.question().phase();
                assertThat(sameRound && !before.question().equals(task.question()) && !isCounted(before))
                        .as("%s was acknowledged and is forgotten for another attempt", name(id)).isFalse();
            });
        }
    }

    /** In another attempt at the round, or because the answer was that the node could not. */
    private static boolean isReplaced(TaskRow before, TaskRow task) {
        boolean sameAttempt = before.question().attempt() == task.question().attempt();
        return before.question().phase() == task.question().phase()
                && (before.node().equals(task.node()) || !sameAttempt && task.question().phase() != Phase.DESCRIBE);
    }

    /** Nobody waits for the answers to these tasks any more: what was acknowledged of them is counted, in vain perhaps. */
    void forgets(List<String> ids) {
        ids.stream().filter(acknowledged::containsKey).map(asked::get).forEach(task -> assertThat(isCounted(task))
                .as("%s was acknowledged, is not counted, and is forgotten", name(task.id())).isTrue());
        owed.keySet().removeAll(ids);
    }

    /** The run is over, and nothing is wanted any more. */
    void ends() {
        owed.clear();
    }

    /** After each step that changes what is on the disk: what nodes may rely on is there. */
    void requireOwed(List<TaskRow> rows, Supplier<List<String>> spool) {
        owed.keySet().forEach(id -> assertThat(rows.stream()
                .anyMatch(row -> row.id().equals(id) && row.report().isPresent()))
                .as("%s, which was acknowledged and is not counted yet, is on the disk", name(id)).isTrue());
        List<String> updates = owed.values().stream().flatMap(Optional::stream).toList();
        if (!updates.isEmpty()) {
            assertThat(spool.get()).as("updates that were acknowledged and are not counted yet").containsAll(updates);
        }
    }

    private boolean isCounted(TaskRow task) {
        return nodes(counted, task.question()).contains(task.node());
    }

    /** The answers of a roll call add up over its attempts. */
    private static SortedSet<String> nodes(Map<Question, SortedSet<String>> map, Question question) {
        Question key = question.phase() == Phase.DESCRIBE ? new Question(0, Phase.DESCRIBE, 1) : question;
        return map.computeIfAbsent(key, none -> new TreeSet<>());
    }

    /** A node is told to perform the task. */
    void gives(String id, dev.hansa.wire.proto.Task task) {
        assertThat(acknowledged).as("a task that is given again").doesNotContainKey(id);
        dev.hansa.wire.proto.Task before = given.putIfAbsent(id, task);
        assertThat(before == null || before.equals(task)).as("%s is always the same", name(id)).isTrue();
    }

    /** A node is told that its report is safe. */
    void acknowledges(String id, dev.hansa.wire.proto.Report message) {
        TaskRow task = asked.get(id);
        assertThat(task).as("the task of an acknowledged report").isNotNull();
        Report report = ReportCodec.decode(message, blob -> Parameters.zeros(new Layout(List.of())));
        if (acknowledged.putIfAbsent(id, report) == null) {
            assertThat(isCounted(task) || nodes(waiting, task.question()).contains(task.node()))
                    .as("%s, which was acknowledged, is counted or will be", name(id)).isTrue();
            if (task.question().round() >= commits) {
                boolean uploaded = report instanceof Report.Fitted && message.getContent().isEmpty();
                owed.put(id, uploaded ? Optional.of(id + "-" + BlobCodec.decode(message.getFitted().getDifference())
                        .sha256().hex()) : Optional.empty());
            }
        }
    }

    /** The run is told that the answer to a task came too late. */
    void hearsLate(String id) {
        trace.note(() -> name(id) + " is late");
        assertThat(acknowledged).as("an answer that came too late").doesNotContainKey(id);
    }

    /** Somebody begins to wait for answers. */
    void waits(Question question, SortedMap<String, Task> tasks, List<String> spool) {
        nodes(waiting, question).addAll(tasks.keySet());
        nodes(counted, question).removeAll(tasks.keySet()); // of an earlier life, or before trouble with the disk
        if (question.phase() == Phase.FIT) {
            lastFit = tasks;
            named.clear();
        }
        assertThat(spool).as("the spool at the begin of %s holds updates of that round", question)
                .allMatch(file -> asked.get(file.replaceFirst("-.*", "")).question().round() == question.round());
    }

    /** All answers were counted, each of which must be among the rows. */
    void counted(Question question, SortedMap<String, Report> reports, List<TaskRow> rows) {
        SortedSet<String> answered = new TreeSet<>(reports.keySet());
        trace.note(() -> "counted " + question + " " + answered);
        nodes(waiting, question).clear();
        nodes(counted, question).addAll(answered);
        last.put(question.phase(), new Counted(question.round(), reports));
        acknowledged.keySet().stream().map(asked::get).filter(task -> task.question().equals(question))
                .forEach(task -> assertThat(isCounted(task)).as("%s was acknowledged, and is not counted",
                        name(task.id())).isTrue());
        reports.keySet().forEach(node -> assertThat(rows).as("what is counted of " + node + " is on the disk")
                .anyMatch(row -> row.node().equals(node) && row.question().phase() == question.phase()
                        && row.question().round() == question.round() && row.report().isPresent()));
    }

    /** A checkpoint is about to be replaced. */
    void commits(Optional<Checkpoint> before, Checkpoint after) {
        int round = after.state().round();
        trace.note(() -> "commits round " + round);
        assertThat(round).as("the round that is committed after %d others", commits).isEqualTo(commits);
        commits++;
        owed.keySet().removeIf(id -> asked.get(id).question().round() <= round);
        refused.addAll(after.refused().keySet());
        if (round == 0) {
            return;
        }
        RoundRecord record = after.history().getLast();
        assertThat(record.duration().isNegative()).as("round %d took less than no time", round).isFalse();
        SortedSet<String> trained = those(record, part -> !part.training().equals(Metrics.NONE));
        assertThat(trained.size()).as("updates in round " + round)
                .isGreaterThanOrEqualTo(spec.cohort().minimumReports());
        trace.note(() -> "round " + round + " of " + trained);
        assertThat(trained).as("whose updates are in round %d", round).isEqualTo(honest(round));
        counted(round, Phase.FIT).keySet().forEach(node -> assertThat(trained.contains(node) || named.contains(node))
                .as("%s is counted in round %d, or named", node, round).isTrue());
        assertThat(after.state().parameters()).as("the model of round %d, of %s", round, trained)
                .isEqualTo(expected(before.orElseThrow(), trained));
        requireEvaluations(record, after);
    }

    private void requireEvaluations(RoundRecord record, Checkpoint after) {
        SortedMap<String, Report> reports = counted(record.round(), Phase.EVALUATE);
        SortedSet<String> evaluated = those(record, part -> !part.evaluation().equals(Metrics.NONE));
        reports.forEach((node, report) -> assertThat(evaluated.contains(node)).as("%s is counted, by %s", report, node)
                .isEqualTo(report instanceof Report.Evaluated));
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

    private Parameters expected(Checkpoint before, SortedSet<String> trained) {
        RoundPlan plan = spec.strategy().plan(before.state());
        Aggregator.Accumulator updates = plan.aggregator().start(plan.parameters().layout());
        for (String node : trained) {
            Task.Fit task = (Task.Fit) Objects.requireNonNull(lastFit.get(node));
            assertThat(task.parameters()).as("what " + node + " trained").isEqualTo(before.state().parameters());
            updates.add(((Report.Fitted) perform(node, task)).update());
        }
        ServerState next = spec.strategy().step(before.state(), updates.finish());
        return next.parameters();
    }

    private Metrics evaluation(Checkpoint after, String node) {
        Task.Evaluate task = new Task.Evaluate(Scenario.RUN, after.state().round(), spec.data(), after.preprocessing(),
                spec.model(), after.state().parameters());
        return Metrics.of(((Report.Evaluated) perform(node, task)).sums());
    }

    /** As the node should have done it, beginning with what it held back. */
    private Report perform(String node, Task task) {
        Residuals residuals = Residuals.inMemory();
        heldBack.get(node).before(task.round()).ifPresent(held -> residuals.keep(task.run(), task.round() - 1, held));
        try {
            return new Client(Map.of(Scenario.DATA_SET, new TableSource(scenario.tables().get(node))), Consent.TO_ALL,
                    residuals, Client.TIMELESS).perform(task);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** That a request is put off needs a disk that failed, or a round that closed while an update was coming in. */
    void hadReason(Exception problem, boolean diskFailed) {
        assertThat(diskFailed || String.valueOf(problem.getCause()).contains("ClosedChannelException"))
                .as("a disk that failed is behind %s", problem).isTrue();
    }

    private record Counted(int round, SortedMap<String, Report> reports) {}

    /** Nothing of what was counted, or is not wanted, is left. */
    void released(List<String> spool) {
        assertThat(spool).as("the spool after its answers were released").isEmpty();
    }

    /** Only of tasks that are still open something is left. */
    void begins(List<String> spool, List<TaskRow> rows) {
        List<String> open = rows.stream().map(TaskRow::id).toList();
        List<String> others = new ArrayList<>(spool);
        others.removeIf(file -> open.contains(file.replaceFirst("-.*", "")));
        assertThat(others).as("files of no open task in the spool after a start").isEmpty();
    }

    /** Short, for people. */
    static String name(String id) {
        return "task " + Long.parseLong(id, 16);
    }
}
