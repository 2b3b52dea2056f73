package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.server.store.TaskRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Sees from outside what a coordinator asks, acknowledges, counts and commits, over all its lives, and throws when that
 * breaks a promise: each part of it watches one.
 */
final class Witness implements Onlooker {
    private final Trace trace;
    private final Asked asked = new Asked();
    private final SpoolWitness spool = new SpoolWitness(asked);
    private final LateWitness late;
    private final EventWitness events;
    private final RunWitness run;
    private final Set<String> refused = new TreeSet<>();

    /** @param heldBack by node */
    Witness(Scenario scenario, Trace trace, Tally tally, Map<String, HeldBack> heldBack) {
        this.trace = trace;
        this.late = new LateWitness(asked, tally);
        this.events = new EventWitness(scenario, trace, tally);
        Rehearsal rehearsal = new Rehearsal(scenario, heldBack);
        ClosingWitness closing = new ClosingWitness(scenario.run(), trace, rehearsal);
        QuestionWitness questions = new QuestionWitness(asked);
        this.run = scenario.hasRounds()
                ? new WithRounds(questions, spool, events,
                        new RoundWitness(scenario, trace, tally, rehearsal, closing, events::hasNamed), closing)
                : new WithoutRounds(questions, new ErrandWitness(asked, tally), spool, late, events,
                        new StepWitness(scenario, trace, tally, rehearsal, events::hasNamed), closing);
    }

    @Override
    public void happens(RunEvent event, long troubles) {
        events.happens(event, troubles);
    }

    @Override
    public void asks(List<TaskRow> tasks) {
        for (TaskRow task : tasks) {
            trace.note(() -> "asks " + Asked.name(task.id()) + " " + task.node() + " " + task.question());
            asked.add(task);
            assertThat(refused.contains(task.node())).as("%s takes no part, and is asked again", task.node()).isFalse();
            run.answers(task).asks(task);
        }
    }

    @Override
    public void forgets(List<String> ids) {
        ids.forEach(id -> answers(id).forgets(id));
    }

    @Override
    public void hearsLate(String id, String node) {
        trace.note(() -> Asked.name(id) + " is late");
        answers(id).hearsLate(id);
        late.hearsLate(id, node);
    }

    @Override
    public void commits(Optional<Checkpoint> before, Checkpoint after) {
        refused.addAll(after.refused().keySet());
        run.commits(before, after);
    }

    @Override
    public void ends() {
        run.answers().forEach(AnswerWitness::ends);
    }

    @Override
    public void requireOwed(List<TaskRow> rows, Supplier<List<String>> files) {
        run.answers().forEach(answers -> answers.requireOwed(rows, files));
    }

    /** A life of the coordinator begins; nobody can reach it yet, and it may be long before it goes on with the run. */
    void starts() {
        late.begins();
    }

    /** It goes on with the run. */
    void begins(List<String> files, List<TaskRow> rows) {
        spool.begins(files, rows);
        run.begins(rows);
    }

    /** A node is told to perform the task. */
    void gives(String id, dev.hansa.wire.proto.Task task) {
        answers(id).gives(id, task);
    }

    /** A node is told that its report is safe. */
    void acknowledges(String id, dev.hansa.wire.proto.Report message) {
        answers(id).acknowledges(id, message);
    }

    /** Whether the question of the task is over, in this life, and its node has not answered. */
    boolean isClosed(String id) {
        return late.isClosed(id);
    }

    /** A node hears that the task, which it answers, was closed without its answer before. */
    void refuses(String id) {
        late.refuses(id);
    }

    /** Somebody begins to wait for the answers to one question. */
    void waits(Question question, SortedMap<String, Task> tasks, List<String> files) {
        late.waits(tasks.keySet());
        run.waits(question, tasks, files);
    }

    /** All of them were counted, each of which must be among the rows. */
    void counted(Question question, SortedMap<String, Report> reports, List<TaskRow> rows) {
        trace.note(() -> "counted " + question + " " + reports.keySet());
        run.counted(question, reports, rows);
        late.counted(question, reports.keySet());
    }

    /** What one kind of run promises. */
    RunWitness run() {
        return run;
    }

    private AnswerWitness answers(String id) {
        return run.answers(asked.of(id));
    }

    /** A request is put off. */
    void hadReason(Exception problem, boolean diskFailed) {
        events.hadReason(problem, diskFailed);
    }
}
