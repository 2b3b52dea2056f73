package dev.hansa.core.aggregate;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;

/**
 * The mean of updates that are divided by how far their clients could have gone, times how far clients go on average:
 * {@code (Σ p_k a_k) · Σ p_k Δ_k / a_k} with {@code p_k = n_k / Σ n_k}.
 *
 * <p>Wang et al., <i>Tackling the Objective Inconsistency Problem in Heterogeneous Federated Optimization</i> (FedNova),
 * NeurIPS 2020, section 4 and equation 9. a_k is the norm ‖a_k‖₁ of section 3: the steps that the client made, or with
 * momentum, decay or a proximal term how far as many steps go along a gradient that never changes.
 *
 * @param momentum of the clients' steps
 * @param pull     the rate of the clients' steps times what draws them back: decay and proximal term
 */
public record NormalizedMean(Weighting weighting, double momentum, double pull) implements Aggregator {

    /** Of plain steps. */
    public NormalizedMean(Weighting weighting) {
        this(weighting, 0, 0);
    }

    @Override
    public NormalizedMean in(Round round) {
        LocalTraining training = round.training();
        return new NormalizedMean(weighting, training.momentum(),
                training.rate() * (training.weightDecay() + training.proximalMu()));
    }

    @Override
    public Accumulator start(Layout layout) {
        return new MeanAccumulator(layout) {
            private double weights;
            private double going;

            @Override
            protected double factor(ModelUpdate update) {
                return weighting.of(update) / norm(update.sums().get(Sums.STEPS));
            }

            @Override
            protected void added(ModelUpdate update, ParameterSource difference) {
                weights += weighting.of(update);
                going += weighting.of(update) * norm(update.sums().get(Sums.STEPS));
            }

            @Override
            protected Aggregate finish(CheckedSum sum, int clients, Sums sums) {
                return new Aggregate(sum.takeMean(weights * weights / going), weights, clients, sums);
            }
        };
    }

    /** ‖a‖₁ of so many steps: how far they go along the gradient 1, in units of the rate. */
    double norm(double steps) {
        if (!(steps >= 1)) {
            throw new UnusableUpdateException("it does not tell how many steps were made, which FedNova divides by");
        }
        if (momentum == 0 && pull == 0) {
            return steps;
        }
        double velocity = 0;
        double gone = 0;
        for (long step = 0; step < Math.min(steps, Integer.MAX_VALUE); step++) {
            velocity = momentum * velocity + 1 - pull * gone;
            gone += velocity;
        }
        return gone;
    }
}
