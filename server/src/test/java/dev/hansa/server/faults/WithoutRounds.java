package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.server.store.TaskRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * Of runs that count updates as they come: each training and each measuring is asked of one node alone, only what comes
 * before the first step and after the last is asked of several at once.
 */
final class WithoutRounds implements RunWitness {
    private final QuestionWitness questions;
    private final ErrandWitness errands;
    private final SpoolWitness spool;
    private final LateWitness late;
    private final EventWitness events;
    private final StepWitness steps;
    private final ClosingWitness closing;

    WithoutRounds(QuestionWitness questions, ErrandWitness errands, SpoolWitness spool, LateWitness late,
            EventWitness events, StepWitness steps, ClosingWitness closing) {
        this.questions = questions;
        this.errands = errands;
        this.spool = spool;
        this.late = late;
        this.events = events;
        this.steps = steps;
        this.closing = closing;
    }

    @Override
    public List<AnswerWitness> answers() {
        return List.of(questions, errands);
    }

    @Override
    public AnswerWitness answers(TaskRow task) {
        return isErrand(task.question()) ? errands : questions;
    }

    private static boolean isErrand(Question question) {
        return question.phase() == Phase.FIT || question.phase() == Phase.EVALUATE;
    }

    @Override
    public void begins(List<TaskRow> rows) {
        errands.begins(rows);
        steps.begins();
        events.forgetsNames();
    }

    @Override
    public void waits(Question question, SortedMap<String, Task> tasks, List<String> files) {
        assertThat(isErrand(question)).as("%s of several nodes at once, in a run without rounds", question).isFalse();
        questions.waits(question, tasks.keySet());
        closing.waits(question, tasks);
    }

    @Override
    public void counted(Question question, SortedMap<String, Report> reports, List<TaskRow> rows) {
        questions.counted(question, reports.keySet(), rows);
        closing.counted(question, reports);
    }

    @Override
    public void sends(Sent sent, Task task) {
        assertThat(isErrand(sent.question())).as("%s of a single node", sent).isTrue();
        steps.sends(sent, task, errands.isAsked(sent));
        errands.sends(sent);
    }

    @Override
    public boolean isAnswerSafe() {
        return errands.isAnswerSafe();
    }

    @Override
    public void takes(Optional<Fleet.Answer> answer, boolean safe) {
        assertThat(safe && answer.flatMap(Fleet.Answer::report).isEmpty())
                .as("an answer was acknowledged, and %s is taken instead", answer).isFalse();
        answer.ifPresent(taken -> {
            String id = errands.takes(taken);
            boolean used = steps.takes(taken);
            if (taken.report().isEmpty()) {
                late.closes(id);
            } else if (!used) {
                errands.isInVain(id);
            }
        });
    }

    @Override
    public void withdraws(Phase phase) {
        errands.withdraws(phase);
        steps.withdraws(phase);
    }

    @Override
    public void commits(Optional<Checkpoint> before, Checkpoint after) {
        int round = after.state().round();
        questions.commits(round);
        if (before.isEmpty()) {
            steps.starts(after);
        } else if (!after.closing().equals(Closing.NONE)) {
            closing.commits(before.get(), after, steps::lastCounted);
        } else if (round == before.get().state().round()) {
            OptionalInt measured = steps.measures(before.get(), after);
            measured.ifPresent(model -> errands.settles(Phase.EVALUATE, model));
        } else {
            steps.steps(before.get(), after);
            errands.settles(Phase.FIT, round);
            events.forgetsNames();
        }
    }

    @Override
    public void released(List<String> files) {
        spool.released(files, errands.open());
    }
}
