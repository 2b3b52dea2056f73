package dev.hansa.core.strategy;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.RunningStatistics;
import java.util.Collections;
import java.util.Optional;

/**
 * A dynamic regulariser: Acar et al., <i>Federated Learning Based on Dynamic Regularization</i>, ICLR 2021, Algorithm 1.
 *
 * <p>Client k adds {@code α (w - w0) - g_k} to each gradient, of which training itself adds the first term, and keeps
 * {@code g_k ← g_k - α Δ}. The coordinator keeps {@code h ← h - α |P| / m mean(Δ)} and moves the mean of the local models by
 * {@code -h / α}. All begin at zero.
 *
 * @param alpha α, the proximalMu of the training
 */
record FedDyn(double alpha) implements DriftCorrection {
    static final String H = "h";

    @Override
    public ServerState after(ServerState stepped, Aggregate aggregate, int population) {
        double share = Math.min(1, (double) aggregate.clients() / population);
        Parameters h = stepped.slot(H).plusTimes(-alpha * share, aggregate.mean());
        return new ServerState(stepped.round(), stepped.parameters().plusTimes(-1 / alpha, h), stepped.slots())
                .with(Collections.singletonMap(H, h));
    }

    @Override
    public Start start(Parameters received, Optional<Parameters> remembered) {
        Parameters own = remembered.orElseGet(() -> Parameters.zeros(received.layout()));
        return new Start(received, Optional.empty(), Optional.of(own), Optional.of(own.times(-1)));
    }

    @Override
    public End end(Start start, Parameters moved, double steps) {
        return new End(moved,
                Optional.of(start.remembered().get().plusTimes(-alpha, RunningStatistics.without(moved))));
    }
}
