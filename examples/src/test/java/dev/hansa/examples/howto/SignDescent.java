package dev.hansa.examples.howto;

import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.core.strategy.Strategy;

/** Every parameter moves by the same step, in the direction of the mean: Bernstein et al., <i>signSGD</i>, ICML 2018. */
record SignDescent(LocalTraining training, double step) implements Strategy {

    @Override
    public ServerState start(Parameters initial) {
        return ServerState.start(initial);
    }

    @Override
    public RoundPlan plan(ServerState state) {
        return new RoundPlan(state.parameters(), training, new WeightedMean(WeightedMean.Weighting.EXAMPLES));
    }

    @Override
    public ServerState step(ServerState state, Aggregate aggregate) {
        float[] model = state.parameters().toArray();
        aggregate.mean().read((offset, values, from, length) -> {
            for (int i = 0; i < length; i++) {
                model[offset + i] += (float) (step * Math.signum(values[from + i]));
            }
        });
        return state.next(Parameters.owning(state.parameters().layout(), model));
    }
}
