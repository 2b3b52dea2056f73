package dev.hansa.core.strategy;

import dev.hansa.core.model.ParameterSource;

/** How the mean difference of a cohort, taken for a gradient, moves the model. */
public interface ServerOptimizer {

    /**
     * The state after one more round.
     *
     * @param difference of the model's layout
     */
    ServerState step(ServerState state, ParameterSource difference);

    /** The same with steps of these rates. */
    ServerOptimizer at(Schedule rates);
}
