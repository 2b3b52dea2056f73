package dev.hansa.server.faults;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.server.store.TaskRow;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Of runs that ask several nodes at once, and commit what all of these have answered. */
final class WithRounds implements RunWitness {
    private final QuestionWitness answers;
    private final SpoolWitness spool;
    private final EventWitness events;
    private final RoundWitness rounds;
    private final ClosingWitness closing;

    WithRounds(QuestionWitness answers, SpoolWitness spool, EventWitness events, RoundWitness rounds,
            ClosingWitness closing) {
        this.answers = answers;
        this.spool = spool;
        this.events = events;
        this.rounds = rounds;
        this.closing = closing;
    }

    @Override
    public List<AnswerWitness> answers() {
        return List.of(answers);
    }

    @Override
    public AnswerWitness answers(TaskRow task) {
        return answers;
    }

    @Override
    public void begins(List<TaskRow> rows) {}

    @Override
    public void waits(Question question, SortedMap<String, Task> tasks, List<String> files) {
        answers.waits(question, tasks.keySet());
        if (question.phase() == Phase.FIT) {
            rounds.trains(tasks);
            events.forgetsNames();
        }
        closing.waits(question, tasks);
        spool.waits(question, files);
    }

    @Override
    public void counted(Question question, SortedMap<String, Report> reports, List<TaskRow> rows) {
        rounds.counted(question, reports);
        closing.counted(question, reports);
        answers.counted(question, reports.keySet(), rows);
    }

    @Override
    public void sends(Sent sent, Task task) {
        throw new AssertionError(sent + " in a run with rounds");
    }

    @Override
    public boolean isAnswerSafe() {
        throw new AssertionError("a single answer is waited for in a run with rounds");
    }

    @Override
    public void takes(Optional<Fleet.Answer> answer, boolean safe) {
        throw new AssertionError(answer + " in a run with rounds");
    }

    @Override
    public void withdraws(Phase phase) {
        throw new AssertionError(phase + " is withdrawn in a run with rounds");
    }

    @Override
    public void commits(Optional<Checkpoint> before, Checkpoint after) {
        answers.commits(after.state().round());
        rounds.commits(before, after);
    }

    @Override
    public void released(List<String> files) {
        spool.released(files);
    }
}
