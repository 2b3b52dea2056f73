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

/** Sees what one kind of run promises and the other does not: {@link WithRounds} or {@link WithoutRounds}. */
interface RunWitness {

    /** Who watches over answers. */
    List<AnswerWitness> answers();

    /** Who watches over the answer to the task. */
    AnswerWitness answers(TaskRow task);

    /** A life of the coordinator goes on with the run. */
    void begins(List<TaskRow> rows);

    /** Somebody begins to wait for the answers to one question. */
    void waits(Question question, SortedMap<String, Task> tasks, List<String> files);

    /** All of them were counted, each of which must be among the rows. */
    void counted(Question question, SortedMap<String, Report> reports, List<TaskRow> rows);

    /** One node is asked, for whom no other waits. */
    void sends(Sent sent, Task task);

    /** Somebody begins to wait for the next answer of one of these; whether one is safe already. */
    boolean isAnswerSafe();

    /**
     * The waiting is over.
     *
     * @param safe whether an answer was safe when it began
     */
    void takes(Optional<Fleet.Answer> answer, boolean safe);

    /** Nobody waits any more for what was sent for that. */
    void withdraws(Phase phase);

    /** A checkpoint is about to be replaced. */
    void commits(Optional<Checkpoint> before, Checkpoint after);

    /** What was counted, or is not wanted, is released. */
    void released(List<String> files);
}
