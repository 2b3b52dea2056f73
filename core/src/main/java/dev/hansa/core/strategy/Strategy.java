package dev.hansa.core.strategy;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Parameters;

/**
 * A federated algorithm, as pure functions: no input or output, no clock, no threads, no memory of its own.
 */
public interface Strategy {

    /** The state before the first round. */
    ServerState start(Parameters initial);

    /** What to ask of the next cohort. */
    RoundPlan plan(ServerState state);

    /** The state after the cohort's answer. */
    ServerState step(ServerState state, Aggregate aggregate);
}
