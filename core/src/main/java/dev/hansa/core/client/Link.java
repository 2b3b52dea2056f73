package dev.hansa.core.client;

import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;

/**
 * How tasks reach a client and reports leave it.
 *
 * <p>Both calls block and may be made again after any failure: an implementation goes on by itself after a broken
 * connection and throws only what a retry cannot mend. A task may arrive twice; a report for the same task counts once.
 */
public interface Link {

    /** Waits for work. */
    Next next() throws InterruptedException;

    /**
     * Delivers the answer.
     *
     * <p>When it returns, the coordinator has the report on its disk, or will not take it any more (its round is over).
     *
     * @param taskId as given by {@link Next.Work}
     * @return whether the coordinator has it
     */
    boolean report(String taskId, Report report) throws InterruptedException;

    /** What to do next. */
    sealed interface Next {
        /**
         * Perform the task and report under its id.
         */
        record Work(String taskId, Task task) implements Next {}

        /** Nothing now: come back after the pause. */
        record Later(Duration pause) implements Next {}

        /**
         * The coordinator wants no more of this client.
         */
        record Leave(String reason) implements Next {}
    }
}
