package dev.hansa.core.strategy;

import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import java.util.Collections;
import java.util.Optional;

/**
 * {@code v' ← w + η Δ; w ← v' + β (v' - v); v ← v'}, which begins with v = w: Nesterov's momentum on the server, FedMom of Huo
 * et al., <i>Faster On-Device Training Using New Federated Momentum Algorithm</i>, 2020.
 *
 * @param rate     η
 * @param momentum β, from 0 (none) to below 1
 */
public record ServerNesterov(Schedule rate, double momentum) implements ServerOptimizer {
    private static final String LAST = "lastStep";

    public ServerNesterov {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum is " + momentum + ", expected from 0 to below 1");
        }
    }

    @Override
    public ServerNesterov at(Schedule rates) {
        return new ServerNesterov(rates, momentum);
    }

    @Override
    public ServerState step(ServerState state, ParameterSource difference) {
        Parameters before = Optional.ofNullable(state.slots().get(LAST)).orElse(state.parameters());
        Parameters now = state.parameters().plusTimes(rate.at(state.round() + 1), difference);
        return state.next(now.plusTimes(momentum, now.minus(before))).with(Collections.singletonMap(LAST, now));
    }
}
