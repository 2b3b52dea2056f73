package dev.hansa.core.client;

import dev.hansa.core.model.Parameters;
import java.util.Optional;

/**
 * What a client remembers from round to round, by run: what it has held back of its updates, and how it keeps itself from
 * drifting.
 *
 * <p>Kept by round, so that a round that is trained again, after a crash or because it was abandoned, begins with what was
 * remembered before it. If it is lost, what was held back is not sent, and training makes up for it; a drift correction begins at
 * zero, while the coordinator still counts what it was, which leaves the model a little to one side. For
 * one thread at a time.
 */
public interface ClientMemory {

    /** What was kept by the last of the run's rounds before this one. */
    Optional<Parameters> before(String run, int round);

    /**
     * Keeps what is to be remembered of the round, and of earlier rounds what {@link #before} told for this one. Where clients outlive
     * their process it is durable when this returns.
     */
    void keep(String run, int round, Parameters remembered);

    /** In memory, for clients that end with their process. */
    static ClientMemory inMemory() {
        return new HeapMemory();
    }
}
