package dev.hansa.core.coordinator;

import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Where the clients are: threads here, or nodes behind a network. Serves one run.
 *
 * <p>Silence is absence, not an exception: a client that does not answer in time is simply not among the answers.
 */
public interface Fleet {

    /** The clients that could be asked now. */
    SortedSet<String> available();

    /**
     * Waits until that many clients beside the excluded are available.
     *
     * @return those available, without the excluded; fewer than asked for only if no others can ever come
     */
    SortedSet<String> await(int clients, Set<String> excluded) throws InterruptedException;

    /**
     * Waits until all of these clients are available, but not longer than the patience: after a restart those of the last
     * round may need a moment to come back. Fleets whose clients never go away have nothing to wait for.
     */
    default void awaitReturn(Set<String> clients, Duration patience) throws InterruptedException {}

    /**
     * Asks each client its task; returns when all have answered or the deadline has passed, and all answers have been
     * handed over.
     *
     * @param tasks by client
     */
    void ask(SortedMap<String, Task> tasks, Duration deadline, Answers answers) throws InterruptedException;

    /** Takes the answers. */
    interface Answers {
        /**
         * An answer is safe; called as it comes, in any order, from any thread.
         */
        void arrived(String client, Traffic traffic);

        /**
         * Counts the answer; called from the thread that asks, in the order of the clients' ids, at most once a client.
         * The report's parameters may be read during the call only.
         */
        void count(String client, Report report);
    }
}
