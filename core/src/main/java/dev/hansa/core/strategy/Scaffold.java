package dev.hansa.core.strategy;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.RunningStatistics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Control variates: Karimireddy et al., <i>SCAFFOLD: Stochastic Controlled Averaging for Federated Learning</i>, ICML
 * 2020, Algorithm 1 with option II.
 *
 * <p>Each gradient of client i is corrected by {@code c - c_i}. After K steps of the rate η that moved the model by Δ,
 * {@code c_i ← c_i - c - Δ / (K η)}; the coordinator's {@code c} moves by the mean change of the cohort's {@code c_i}, times
 * the cohort's share of the population. All begin at zero, and stay there for what is {@linkplain RunningStatistics
 * measured and not trained}.
 *
 * @param rate η
 */
record Scaffold(double rate) implements DriftCorrection {
    static final String MODEL = "model";
    static final String CONTROL = "control";

    @Override
    public Layout layout(Layout model) {
        Map<String, Layout> parts = new LinkedHashMap<>();
        parts.put(MODEL, model);
        parts.put(CONTROL, model);
        return Bundle.layout(parts);
    }

    private static Parameters bundle(Parameters model, Parameters control) {
        Map<String, ParameterSource> parts = new LinkedHashMap<>();
        parts.put(MODEL, model);
        parts.put(CONTROL, control);
        return Parameters.load(Bundle.of(parts));
    }

    @Override
    public Parameters sent(ServerState state) {
        return bundle(state.parameters(), state.slot(CONTROL));
    }

    @Override
    public Aggregate ofModel(Aggregate aggregate) {
        return new Aggregate(Bundle.part(MODEL, aggregate.mean()), aggregate.weight(), aggregate.clients(),
                aggregate.sums());
    }

    @Override
    public ServerState after(ServerState stepped, Aggregate aggregate, int population) {
        double share = Math.min(1, (double) aggregate.clients() / population);
        Parameters change = Bundle.part(CONTROL, aggregate.mean());
        return stepped.with(Collections.singletonMap(CONTROL, stepped.slot(CONTROL).plusTimes(share, change)));
    }

    @Override
    public Start start(Parameters received, Optional<Parameters> remembered) {
        Parameters model = Bundle.part(MODEL, received);
        Parameters control = Bundle.part(CONTROL, received);
        Parameters own = remembered.orElseGet(() -> Parameters.zeros(model.layout()));
        return new Start(model, Optional.of(control), Optional.of(own), Optional.of(control.minus(own)));
    }

    @Override
    public End end(Start start, Parameters moved, double steps) {
        Parameters change = start.control().get().times(-1).plusTimes(-1 / (steps * rate),
                RunningStatistics.without(moved));
        return new End(bundle(moved, change), Optional.of(start.remembered().get().plus(change)));
    }
}
