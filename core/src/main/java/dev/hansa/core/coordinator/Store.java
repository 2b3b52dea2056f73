package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.mechanism.LeftNoise;
import dev.hansa.core.model.Parameters;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What outlives the process. A call is durable when it returns, or throws and has changed nothing. */
public interface Store {

    /** The last checkpoint saved for the run. */
    Optional<Checkpoint> latest(String run);

    /**
     * The checkpoint that was saved after the run's best round ({@link Checkpoint#best}), perhaps with the refusals, and the
     * answers after the last round, of now; empty if there is none, or it was saved by a version that did not keep it.
     */
    Optional<Checkpoint> best(String run);

    /** Replaces the run's checkpoint, but for the best, whole, and adds the events that tell of it: both or neither. */
    default void save(String run, Checkpoint checkpoint, RunEvent... events) {
        save(run, checkpoint, Collections.emptySet(), events);
    }

    /**
     * The same while questions are open: their answers are not in the checkpoint, and the {@linkplain #model models} that
     * they are about are kept.
     */
    void save(String run, Checkpoint checkpoint, Set<Fleet.Sent> open, RunEvent... events);

    /**
     * The model after that round: the newest, or one that open questions are about.
     *
     * @throws IllegalArgumentException if it is neither
     */
    Parameters model(String run, int round);

    /**
     * Adds to the run's events. Durable is the end of the run, and with it, both or neither, all states that are kept lose
     * what {@linkplain LeftNoise noise has left}; other events may wait a moment to be written together, in
     * their order, with the next call that is durable at the latest.
     */
    void append(String run, RunEvent event);

    /** Whether nothing comes after the event in its run. */
    static boolean isEnd(RunEvent event) {
        return event instanceof RunEvent.Finished || event instanceof RunEvent.Stopped
                || event instanceof RunEvent.Failed;
    }

    /** After which rounds the models are that the questions are about. */
    static SortedSet<Integer> rounds(Set<Fleet.Sent> open) {
        SortedSet<Integer> rounds = new TreeSet<>();
        open.forEach(sent -> rounds.add(sent.question().phase() == Phase.FIT
                ? sent.question().round() - 1
                : sent.question().round()));
        return rounds;
    }
}
