package dev.hansa.core.coordinator;

import java.util.Optional;

/** What outlives the process. A call is durable when it returns, or throws and has changed nothing. */
public interface Store {

    /** The last checkpoint saved for the run. */
    Optional<Checkpoint> latest(String run);

    /**
     * The checkpoint that was saved after the run's best round ({@link Checkpoint#best}), perhaps with the refusals, and the answers after the last round, of now;
     * empty if there is none, or it was saved by a version that did not keep it.
     */
    Optional<Checkpoint> best(String run);

    /** Replaces the run's checkpoint, but for the best, whole, and adds the events that tell of it: both or neither. */
    void save(String run, Checkpoint checkpoint, RunEvent... events);

    /**
     * Adds to the run's events. Durable is the end of the run; other events may wait a moment to be written together, in
     * their order, with the next call that is durable at the latest.
     */
    void append(String run, RunEvent event);
}
