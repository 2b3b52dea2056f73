package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Names;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
     * What {@link #await} would wait for now, for people: the same words wherever that is told. Empty of fleets that know no
     * more than who is there.
     */
    default String shortage(int clients, Set<String> excluded) {
        return "";
    }

    /**
     * Waits until all of these clients are available, but not longer than the patience: after a restart those of the last
     * round may need a moment to come back. Fleets whose clients never go away have nothing to wait for.
     */
    default void awaitReturn(Set<String> clients, Duration patience) throws InterruptedException {}

    /**
     * Whether each client that is asked answers: then nobody is asked only in case others do not.
     */
    default boolean isReliable() {
        return false;
    }

    /**
     * How long to wait before the same is asked again because too few answered: from 1 s by doubling to 1 minute, so that
     * clients which fail at once have time to be mended. Fleets whose clients never change have nothing to wait for.
     *
     * @param attempt from 2
     */
    default Duration pauseBefore(int attempt) {
        return Duration.ofSeconds(Math.min(60, 1L << Math.min(attempt - 2, 6)));
    }

    /**
     * Who was asked by an earlier process, if that ended before the answers were {@linkplain #release released}: to ask
     * the same again gives the answers that were safe already, and waits for the others. Fleets that end with their
     * process have nothing to remember.
     */
    default Optional<Asked> asked(int round, Phase phase) {
        return Optional.empty();
    }

    /**
     * Asks each client its task; returns when all have answered or the patience is over, and all answers have been handed
     * over.
     *
     * @param tasks by client
     */
    void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
            throws InterruptedException;

    /**
     * Asks one client more, whatever is asked beside it, and returns at once; {@link #take} gives the answer. What an earlier
     * process had {@linkplain #sent sent} is asked again by this: then an answer that was safe already is it.
     *
     * @param deadline after which the client is taken to be silent
     */
    void send(Sent sent, Task task, Duration deadline) throws InterruptedException;

    /**
     * Waits for the next answer to what was sent, in the order in which they became safe, or for the next that is silent.
     *
     * @return empty if nothing came for a while, and there may be more clients now; or if nothing is sent
     */
    Optional<Answer> take() throws InterruptedException;

    /** What an earlier process sent and no checkpoint has counted, first sent first; not what was sent anew. */
    default List<Sent> sent() {
        return Collections.emptyList();
    }

    /** Nobody waits any more for answers to what was sent for that. */
    void withdraw(Phase phase);

    /** What was sent is not over, but nothing more is asked by this object: another goes on. */
    default void suspend() {}

    /**
     * The answers to all questions so far are counted in a checkpoint, or are not wanted any more; not of what was sent and
     * has not been {@linkplain #take taken}.
     */
    default void release() {}

    /**
     * What is asked, of whomever.
     *
     * @param attempt from 1; a round that is tried again asks anew
     */
    record Question(int round, Phase phase, int attempt) {}

    /**
     * How long to wait for answers.
     *
     * @param deadline at most so long
     * @param enough   no longer than until so many have done what was asked
     */
    record Patience(Duration deadline, int enough) {}

    /** Who was asked, at which attempt. */
    record Asked(int attempt, SortedSet<String> clients) {
        public Asked {
            clients = Names.copyOf(clients);
        }
    }

    /** One question to one client, which others do not wait for. */
    record Sent(Question question, String client) {}

    /**
     * What became of it.
     *
     * @param report  empty if the client was silent until its deadline, or is gone
     * @param traffic on its behalf
     */
    record Answer(Sent sent, Optional<Report> report, Traffic traffic) {}

    /** Takes the answers. */
    interface Answers {
        /**
         * An answer is safe; called as it comes, in any order, from any thread.
         */
        void arrived(String client, Traffic traffic);

        /**
         * Counts the answer; called in the order of the clients' ids, at most once a client, by one thread at a time, not
         * always the same, while the one that asks waits.
         * The report's parameters may be read until it returns and, if it {@linkplain #keepsUpdates keeps updates}, until the
         * answers are {@linkplain Fleet#release released}.
         */
        void count(String client, Report report);

        /** Whether the parameters of a report are wanted after it was counted: otherwise a later training may write over them. */
        default boolean keepsUpdates() {
            return true;
        }
    }
}
