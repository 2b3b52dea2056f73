package dev.hansa.core.aggregate.robust;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import java.util.Arrays;

/**
 * RFA: the point from which the weighted sum of the distances to all updates is smallest, approached by the smoothed
 * Weiszfeld algorithm: from {@code v = Σ w_i x_i} on {@code v ← Σ β_i x_i / Σ β_i} with
 * {@code β_i = w_i / max(ν, ‖v - x_i‖)}.
 *
 * <p>Pillutla, Kakade and Harchaoui, <i>Robust Aggregation for Federated Learning</i>, IEEE Transactions on Signal
 * Processing 70, 2022, Algorithm 2. Withstands updates that have less than half of the weight; one that is far away is
 * forgotten by a factor a round of the algorithm, so that 3 rounds leave a trace of it.
 *
 * <p>One look at all updates for each iteration, and one more. The distances could be had from those between the updates,
 * which one look gives, but not as exactly: of a point that is near most updates, made with a small share of one that is
 * far away, they would be the small difference of two large numbers.
 *
 * @param weighting  w_i: by examples, or uniform
 * @param smoothing  ν, below which distances are not told apart; 1e-6 in the paper
 * @param iterations of the algorithm; 3 to 5 in the paper
 */
public record GeometricMedian(Weighting weighting, double smoothing, int iterations) implements RobustRule {

    public GeometricMedian {
        Fewest.requirePositive("smoothing", smoothing);
        Fewest.requireCount("iterations", iterations, 1);
    }

    @Override
    public Combination combined(Vectors updates) {
        double[] weights = new double[updates.count()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = updates.weight(i);
        }
        Linear median = shared(updates, weights);
        for (int iteration = 0; iteration < iterations; iteration++) {
            double[] distances = Distances.from(median);
            double[] beta = new double[weights.length];
            for (int i = 0; i < beta.length; i++) {
                beta[i] = weights[i] / Math.max(smoothing, distances[i]);
            }
            median = shared(updates, beta);
        }
        return median;
    }

    /** The sum in which each update has its share. */
    private static Linear shared(Vectors updates, double[] shares) {
        double sum = Arrays.stream(shares).sum();
        return new Linear(updates, Arrays.stream(shares).map(share -> share / sum).toArray());
    }
}
