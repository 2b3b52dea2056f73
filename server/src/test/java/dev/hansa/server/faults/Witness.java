package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.server.store.TaskRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sees from outside what a coordinator asks, acknowledges, counts and commits, over all its lives, and throws when that
 * breaks a promise.
 */
final class Witness {
    private final RunSpec spec;
    private final boolean patient;
    private final Trace trace;
    private final Map<String, Client> clients = new HashMap<>();
    /** All that was ever asked, by id. */
    private final Map<String, TaskRow> asked = new LinkedHashMap<>();
    /** What nodes were told, or could have been told, that it is safe. */
    private final Map<String, Report> acknowledged = new LinkedHashMap<>();
    /** Who was counted when the asking was over, and is not being asked again. */
    private final Map<Question, SortedSet<String>> counted = new HashMap<>();
    /** Who is being asked, or was when the last life ended. */
    private final Map<Question, SortedSet<String>> waiting = new HashMap<>();
    private SortedMap<String, Task> lastFit = new TreeMap<>();
    private int commits;

    Witness(Scenario scenario, Trace trace) {
        this.spec = scenario.run();
        this.patient = scenario.patient();
        this.trace = trace;
        scenario.tables().forEach((node, table) -> clients.put(node,
                new Client(Map.of(Scenario.DATA_SET, new TableSource(table)))));
    }

    void happens(RunEvent event) {
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
        assertThat(event).as("honest updates").isNotInstanceOf(RunEvent.UpdateDiscarded.class);
        boolean gaveUp = event instanceof RunEvent.RoundAbandoned
                || event instanceof RunEvent.ClientSilent silent && silent.phase() != Phase.EVALUATE;
        assertThat(patient && gaveUp).as("%s, where everybody is waited for", event).isFalse();
    }

    /** The tasks are about to be written down. */
    void asks(List<TaskRow> tasks) {
        for (TaskRow task : tasks) {
            trace.note(() -> "asks " + name(task.id()) + " " + task.node() + " " + task.question());
            assertThat(asked.putIfAbsent(task.id(), task)).as("an id that is used again").isNull();
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

    /** Nobody waits for the answers to these tasks any more: what was acknowledged of them is counted, in vain perhaps. */
    void forgets(List<String> ids) {
        ids.stream().filter(acknowledged::containsKey).map(asked::get).forEach(task -> assertThat(isCounted(task))
                .as("%s was acknowledged, is not counted, and is forgotten", name(task.id())).isTrue());
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
    void gives(String id) {
        assertThat(acknowledged).as("a task that is given again").doesNotContainKey(id);
    }

    /** A node is told that its report is safe. */
    void acknowledges(String id, Report report) {
        TaskRow task = asked.get(id);
        assertThat(task).as("the task of an acknowledged report").isNotNull();
        if (acknowledged.putIfAbsent(id, report) == null) {
            assertThat(isCounted(task) || nodes(waiting, task.question()).contains(task.node()))
                    .as("%s, which was acknowledged, is counted or will be", name(id)).isTrue();
        }
    }

    /** The run is told that the answer to a task came too late. */
    void hearsLate(String id) {
        trace.note(() -> name(id) + " is late");
        assertThat(acknowledged).as("an answer that came too late").doesNotContainKey(id);
    }

    /** Somebody begins to wait for answers. */
    void waits(Question question, SortedMap<String, Task> tasks) {
        nodes(waiting, question).addAll(tasks.keySet());
        nodes(counted, question).removeAll(tasks.keySet()); // of an earlier life, or before trouble with the disk
        if (question.phase() == Phase.FIT) {
            lastFit = tasks;
        }
    }

    /** All answers were counted, each of which must be among the rows. */
    void counted(Question question, SortedMap<String, Report> reports, List<TaskRow> rows) {
        SortedSet<String> answered = new TreeSet<>(reports.keySet());
        trace.note(() -> "counted " + question + " " + answered);
        nodes(waiting, question).clear();
        nodes(counted, question).addAll(answered);
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
        trace.note("commits round " + round);
        assertThat(round).as("the round that is committed after %d others", commits).isEqualTo(commits);
        commits++;
        if (round == 0) {
            return;
        }
        RoundRecord record = after.history().getLast();
        List<String> trained = record.clients().keySet().stream()
                .filter(node -> !record.clients().get(node).training().equals(Metrics.NONE))
                .toList();
        assertThat(trained.size()).as("updates in round " + round)
                .isGreaterThanOrEqualTo(spec.cohort().minimumReports());
        trace.note("round " + round + " of " + trained);
        assertThat(after.state().parameters()).as("the model of round %d, of %s", round, trained)
                .isEqualTo(expected(before.orElseThrow(), trained));
        record.clients().forEach((node, part) -> {
            if (!part.evaluation().equals(Metrics.NONE)) {
                assertThat(part.evaluation()).as("the evaluation of round %d by %s", round, node)
                        .isEqualTo(evaluation(after, node));
            }
        });
    }

    private Parameters expected(Checkpoint before, List<String> trained) {
        RoundPlan plan = spec.strategy().plan(before.state());
        Aggregator.Accumulator updates = plan.aggregator().start(plan.parameters().layout());
        for (String node : new TreeSet<>(trained)) {
            Task.Fit task = (Task.Fit) lastFit.get(node);
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

    private Report perform(String node, Task task) {
        try {
            return clients.get(node).perform(task);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

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
