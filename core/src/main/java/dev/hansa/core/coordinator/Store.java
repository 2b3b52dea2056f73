package dev.hansa.core.coordinator;

import java.util.Optional;

/** What outlives the process. Every call is durable when it returns, or throws and has changed nothing. */
public interface Store {

    /** The last checkpoint saved for the run. */
    Optional<Checkpoint> latest(String run);

    /** Replaces the run's checkpoint, whole. */
    void save(String run, Checkpoint checkpoint);

    /** Adds to the run's events. */
    void append(String run, RunEvent event);
}
