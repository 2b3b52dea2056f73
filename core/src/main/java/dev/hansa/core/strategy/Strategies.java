package dev.hansa.core.strategy;

import dev.hansa.core.aggregate.FairMean;
import dev.hansa.core.aggregate.NormalizedMean;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Buffering.Mixing;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import java.util.OptionalDouble;

/**
 * The combinations that have names. Each is a {@link Combination}, so {@code with…} and constructors change any axis of it.
 */
public final class Strategies {

    private Strategies() {}

    /**
     * Federated averaging: McMahan et al., <i>Communication-Efficient Learning of Deep Networks from Decentralized Data</i>,
     * AISTATS 2017, Algorithm 1.
     */
    public static Combination fedAvg(LocalTraining training, Weighting weighting) {
        return new Combination(training, new WeightedMean(weighting), ServerSgd.AVERAGING);
    }

    /** Federated averaging with a server rate: Reddi et al., ICLR 2021, Algorithm 1 with SGD as the server's optimiser. */
    public static Combination fedAvg(LocalTraining training, Weighting weighting, double serverRate) {
        return new Combination(training, new WeightedMean(weighting), sgd(serverRate, 0));
    }

    /** One full-batch gradient a client and round, whatever the training says: the baseline of McMahan et al., section 2. */
    public static Combination fedSgd(LocalTraining training, Weighting weighting) {
        return fedAvg(training.withOneFullBatch(), weighting);
    }

    /** Averaging with momentum on the server: Hsu et al., 2019, section 4.3. */
    public static Combination fedAvgM(LocalTraining training, Weighting weighting, double serverRate,
            double momentum) {
        return new Combination(training, new WeightedMean(weighting), sgd(serverRate, momentum));
    }

    /** Averaging with Nesterov's momentum on the server: Huo et al., 2020. */
    public static Combination fedMom(LocalTraining training, Weighting weighting, double serverRate,
            double momentum) {
        return fedAvg(training, weighting)
                .moving(new ServerNesterov(new Schedule.Constant(serverRate), momentum));
    }

    /**
     * Clients are drawn to the model they were sent: Li et al., <i>Federated Optimization in Heterogeneous Networks</i>,
     * MLSys 2020, Algorithm 2. μ = 0 is federated averaging.
     */
    public static Combination fedProx(LocalTraining training, Weighting weighting, double mu) {
        return fedAvg(training.withProximalMu(mu), weighting);
    }

    /** FedAdagrad, FedAdam or FedYogi: Reddi et al., ICLR 2021, Algorithm 2, with β1 and β2 of its experiments. */
    public static Combination adaptive(LocalTraining training, Weighting weighting, Rule rule, double serverRate,
            double tau) {
        return adaptive(training, weighting, rule, serverRate, rule == Rule.ADAGRAD ? 0 : 0.9, 0.99, tau);
    }

    /** The same with other moments; v begins at τ². */
    public static Combination adaptive(LocalTraining training, Weighting weighting, Rule rule, double serverRate,
            double beta1, double beta2, double tau) {
        return fedAvg(training, weighting)
                .moving(new ServerAdaptive(rule, new Schedule.Constant(serverRate), beta1, beta2, tau, tau * tau));
    }

    /** Control variates: Karimireddy et al., ICML 2020, Algorithm 1; the paper's mean is uniform. */
    public static Combination scaffold(LocalTraining training, double serverRate, int population) {
        return new Combination(training.withDrift(LocalTraining.Drift.SCAFFOLD),
                new WeightedMean(Weighting.UNIFORM), sgd(serverRate, 0)).among(population);
    }

    /** A dynamic regulariser: Acar et al., ICLR 2021, Algorithm 1; the paper's mean is uniform. */
    public static Combination fedDyn(LocalTraining training, double alpha, int population) {
        return new Combination(training.withProximalMu(alpha).withDrift(LocalTraining.Drift.FEDDYN),
                new WeightedMean(Weighting.UNIFORM), ServerSgd.AVERAGING).among(population);
    }

    /** Updates divided by how far their clients could have gone: Wang et al., NeurIPS 2020. */
    public static Combination fedNova(LocalTraining training, Weighting weighting) {
        return new Combination(training, new NormalizedMean(weighting), ServerSgd.AVERAGING);
    }

    /**
     * Who fares badly counts more: Li et al., <i>Fair Resource Allocation in Federated Learning</i>, ICLR 2020, Algorithm 2,
     * with 1 / rate for the Lipschitz constant. q = 0 is federated averaging, each client the same.
     */
    public static Combination qFedAvg(LocalTraining training, double q) {
        return new Combination(training.withMeasuredStart(), new FairMean(q, OptionalDouble.empty()),
                ServerSgd.AVERAGING);
    }

    /**
     * Buffered asynchronous learning: Nguyen et al., AISTATS 2022, Algorithm 1; the paper's mean is uniform.
     */
    public static Combination fedBuff(LocalTraining training, double serverRate, int size, Staleness staleness) {
        return fedBuff(training, serverRate, new Buffering(size, staleness, Buffering.ANY_AGE, Mixing.CHANGES));
    }

    /** The same with a bound to how stale an update may be. */
    public static Combination fedBuff(LocalTraining training, double serverRate, Buffering buffer) {
        return fedAvg(training, Weighting.UNIFORM, serverRate).buffering(buffer);
    }

    /**
     * Each client's model is mixed into the newest as it comes: Xie, Koyejo and Gupta, 2019, Algorithm 1, of which ρ is the
     * training's {@link LocalTraining#proximalMu}.
     *
     * @param alpha how much a fresh model counts; above 0, usually below 1
     */
    public static Combination fedAsync(LocalTraining training, double alpha, Staleness staleness) {
        return fedAsync(training, alpha, new Buffering(1, staleness, Buffering.ANY_AGE, Mixing.MODELS));
    }

    /** The same with a bound to how stale an update may be. */
    public static Combination fedAsync(LocalTraining training, double alpha, Buffering buffer) {
        return fedAvg(training, Weighting.UNIFORM, alpha).buffering(buffer);
    }

    private static ServerSgd sgd(double rate, double momentum) {
        return new ServerSgd(new Schedule.Constant(rate), momentum);
    }
}
