package dev.hansa.core.strategy;

import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.LocalTraining;

/**
 * Federated averaging: {@code w ← w + η Σ n_k Δ_k / Σ n_k}.
 *
 * <p>McMahan et al., <i>Communication-Efficient Learning of Deep Networks from Decentralized Data</i>, AISTATS 2017,
 * Algorithm 1; with a server learning rate η as in Reddi et al., <i>Adaptive Federated Optimization</i>, ICLR 2021,
 * Algorithm 1 with SGD as the server's optimiser. η = 1 is the first paper's.
 *
 * @param training   what the clients do
 * @param weighting  n_k: by examples, or uniform
 * @param serverRate η, greater than 0
 */
public record FedAvg(LocalTraining training, WeightedMean.Weighting weighting, double serverRate) implements Strategy {

    public FedAvg {
        if (!(serverRate > 0) || Double.isInfinite(serverRate)) {
            throw new IllegalArgumentException(
                    "serverRate is " + serverRate + ", expected a finite number greater than 0");
        }
    }

    @Override
    public ServerState start(Parameters initial) {
        return ServerState.start(initial);
    }

    @Override
    public RoundPlan plan(ServerState state) {
        return new RoundPlan(state.parameters(), training, new WeightedMean(weighting));
    }

    /**
     * A partial update weighs what a whole one of its client would: Li et al., <i>Federated Optimization in Heterogeneous
     * Networks</i>, MLSys 2020, Algorithm 2 with μ = 0. McMahan et al. drop such clients, which the former found to learn
     * less (sections 3.2 and 5.2).
     */
    @Override
    public boolean usesPartialWork() {
        return true;
    }

    @Override
    public ServerState step(ServerState state, Aggregate aggregate) {
        return state.next(state.parameters().plusTimes(serverRate, aggregate.mean()));
    }
}
