package dev.hansa.core.compress;

import dev.hansa.core.model.Parameters;
import java.util.Optional;

/**
 * What a client has held back of its updates, by run.
 *
 * <p>Kept by round, so that a round that is trained again, after a crash or because it was abandoned, begins with what was
 * held back before it. Loss is harmless: what was held back is not sent then, and training makes up for it. For one
 * thread at a time.
 */
public interface Residuals {

    /** What was held back by the last of the run's rounds before this one. */
    Optional<Parameters> before(String run, int round);

    /**
     * Keeps what the round held back, and of earlier rounds what {@link #before} told for this one. Where clients outlive
     * their process it is durable when this returns.
     */
    void keep(String run, int round, Parameters residual);

    /** In memory, for clients that end with their process. */
    static Residuals inMemory() {
        return new ResidualsInMemory();
    }
}
