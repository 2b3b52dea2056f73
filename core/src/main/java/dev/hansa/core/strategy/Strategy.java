package dev.hansa.core.strategy;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Parameters;
import java.util.Optional;

/**
 * A federated algorithm, as pure functions: no input or output, no clock, no threads, no memory of its own.
 */
public interface Strategy {

    /** The state before the first round. */
    ServerState start(Parameters initial);

    /** What to ask of the next cohort. */
    RoundPlan plan(ServerState state);

    /**
     * Whether it learns from an update of which less was done than asked. One that relies on each client's number of steps
     * must say how before it says yes.
     */
    default boolean usesPartialWork() {
        return false;
    }

    /** The same among so many clients, of which cohorts are drawn, if their number makes a difference to it. */
    default Strategy among(int clients) {
        return this;
    }

    /** The fewest updates that a round needs, however few its cohort would be content with. */
    default int leastUpdates() {
        return 1;
    }

    /** The name of the coordinator's own rows that the rule of each round {@linkplain Aggregator#trusts trusts}, if it does. */
    default Optional<String> trusts() {
        return Optional.empty();
    }

    /** How updates count as they come, if no round waits for them; empty for rounds. */
    default Optional<Buffering> buffering() {
        return Optional.empty();
    }

    /** The state after the cohort's answer. */
    ServerState step(ServerState state, Aggregate aggregate);
}
