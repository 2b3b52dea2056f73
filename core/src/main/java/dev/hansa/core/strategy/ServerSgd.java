package dev.hansa.core.strategy;

import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import java.util.Collections;

/**
 * {@code v ← β v + Δ; w ← w + η v}.
 *
 * <p>Without momentum and with η = 1 the averaging of McMahan et al., <i>Communication-Efficient Learning of Deep Networks
 * from Decentralized Data</i>, AISTATS 2017, Algorithm 1; with momentum FedAvgM of Hsu et al., <i>Measuring the Effects of
 * Non-Identical Data Distribution for Federated Visual Classification</i>, 2019, section 4.3.
 *
 * @param rate     η
 * @param momentum β, from 0 (none) to below 1
 */
public record ServerSgd(Schedule rate, double momentum) implements ServerOptimizer {
    static final String MOMENTUM = "momentum";

    /** The mean itself. */
    public static final ServerSgd AVERAGING = new ServerSgd(new Schedule.Constant(1), 0);

    public ServerSgd {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum is " + momentum + ", expected from 0 to below 1");
        }
    }

    @Override
    public ServerSgd at(Schedule rates) {
        return new ServerSgd(rates, momentum);
    }

    @Override
    public ServerState step(ServerState state, ParameterSource difference) {
        double eta = rate.at(state.round() + 1);
        if (momentum == 0) {
            return state.next(state.parameters().plusTimes(eta, difference));
        }
        Parameters velocity = state.slot(MOMENTUM).times(momentum).plusTimes(1, difference);
        return state.next(state.parameters().plusTimes(eta, velocity))
                .with(Collections.singletonMap(MOMENTUM, velocity));
    }
}
