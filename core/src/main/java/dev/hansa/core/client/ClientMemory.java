package dev.hansa.core.client;

import dev.hansa.core.model.Parameters;
import java.util.Optional;

/**
 * What a client remembers from round to round, by run: what it has held back of its updates, and how it keeps itself from
 * drifting.
 *
 * <p>Kept by round, because the coordinator tells which round counts: an update that came too late, or of a round that was
 * abandoned, leaves no trace. If it is lost, what was held back is not sent, and training makes up for it; a drift correction
 * begins at zero, while the coordinator still counts what it was, which leaves the model a little to one side. For
 * one thread at a time.
 */
public interface ClientMemory {

    /** What was kept of that very round. */
    Optional<Parameters> of(String run, int round);

    /**
     * Keeps what is to be remembered of the round, and what was kept of the round that counts until this one does; nothing
     * else of the run. Where clients outlive their process it is durable when this returns.
     *
     * @param counted an earlier round; 0 if none counts
     */
    void keep(String run, int counted, int round, Parameters remembered);

    /**
     * Keeps what the client has told of the run under noise of its own, in the place of what was kept by that name. It is no
     * round's: no {@link #keep} takes it away. Where clients outlive their process it is durable when this returns.
     */
    void keepTold(String run, String what, Parameters told);

    /** What it has told of the run, by that name. If it is lost, it may be told anew, at its price. */
    Optional<Parameters> told(String run, String what);

    /**
     * Keeps the client's own model of the run, in the place of one that was kept before. Where clients outlive their process it
     * is durable when this returns, and stays until its owner deletes it or there are many newer ones.
     */
    void keepPersonal(String run, int round, Parameters model);

    /** The client's own model of the run, if it was kept. */
    Optional<Parameters> personal(String run);

    /** In memory, for clients that end with their process. */
    static ClientMemory inMemory() {
        return new HeapMemory();
    }
}
