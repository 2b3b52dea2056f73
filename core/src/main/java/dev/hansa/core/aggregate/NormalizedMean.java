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
 * momentum, decay or a proximal term how far as many steps go along a gradient that never changes (which is that norm as
 * long as no step goes back).
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
    public boolean keepsUpdates() {
        return false;
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
        if (!(steps >= 1 && steps <= Long.MAX_VALUE && steps == Math.rint(steps))) {
            throw new UnusableUpdateException(
                    "it tells that " + steps + " steps were made, expected a whole number of 1 or "
                            + "more: FedNova divides by it");
        }
        return momentum == 0 && pull == 0 ? steps : gone((long) steps);
    }

    /**
     * A step takes velocity v and distance g to {@code v' = momentum v + 1 - pull g} and {@code g' = g + v'}. That is a matrix
     * times (v, g, 1), of which the power is taken by squaring: nobody makes the coordinator count steps that were never
     * made.
     */
    private double gone(long steps) {
        double[][] step = {{momentum, -pull, 1}, {momentum, 1 - pull, 1}, {0, 0, 1}};
        double[] state = {0, 0, 1};
        for (long left = steps; left > 0; left /= 2) {
            if (left % 2 == 1) {
                state = times(step, state);
            }
            step = times(step, step);
        }
        return state[1];
    }

    private static double[][] times(double[][] left, double[][] right) {
        double[][] product = new double[right.length][];
        for (int row = 0; row < product.length; row++) {
            product[row] = new double[right.length];
            for (int column = 0; column < right.length; column++) {
                for (int k = 0; k < right.length; k++) {
                    product[row][column] += left[row][k] * right[k][column];
                }
            }
        }
        return product;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int row = 0; row < product.length; row++) {
            for (int k = 0; k < vector.length; k++) {
                product[row] += matrix[row][k] * vector[k];
            }
        }
        return product;
    }
}
