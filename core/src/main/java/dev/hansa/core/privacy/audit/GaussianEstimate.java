package dev.hansa.core.privacy.audit;

import dev.hansa.core.privacy.numeric.Normal;
import java.util.Arrays;

/**
 * The ε of telling two normal distributions of a score apart: an estimate of what a mechanism with Gaussian noise hides, not a
 * bound. Andrew et al., 2023, where the score is the cosine between a canary's update and the model.
 *
 * @param mean             of scores without a canary
 * @param deviation        of those; greater than 0
 * @param canaryMean       of scores with one
 * @param canaryDeviation  of those; greater than 0
 */
public record GaussianEstimate(double mean, double deviation, double canaryMean, double canaryDeviation) {

    public GaussianEstimate {
        if (!(deviation > 0 && canaryDeviation > 0)) {
            throw new IllegalArgumentException("the deviations are " + deviation + " and " + canaryDeviation
                    + ", expected each greater than 0: scores without noise have no estimate");
        }
    }

    /** From scores of runs without the canary, and with it. */
    public static GaussianEstimate of(double[] without, double[] with) {
        return new GaussianEstimate(Arrays.stream(without).average().orElse(Double.NaN),
                LikelihoodRatio.deviation(without),
                Arrays.stream(with).average().orElse(Double.NaN), LikelihoodRatio.deviation(with));
    }

    /** The least ε with that δ, in both directions. */
    public double epsilon(double delta) {
        if (hidden(0) <= delta) {
            return 0;
        }
        double low = 0;
        double high = 1;
        while (hidden(high) > delta) {
            low = high;
            high *= 2;
        }
        for (double middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
            if (hidden(middle) > delta) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private double hidden(double epsilon) {
        return Math.max(beyond(epsilon, canaryMean, canaryDeviation, mean, deviation),
                beyond(epsilon, mean, deviation, canaryMean, canaryDeviation));
    }

    /** ∫ max(0, p − e^ε q): where p exceeds, the logarithm of the ratio, a parabola in x, is above ε. */
    private static double beyond(double epsilon, double meanP, double p, double meanQ, double q) {
        double a = 0.5 / (q * q) - 0.5 / (p * p);
        double b = meanP / (p * p) - meanQ / (q * q);
        double c = meanQ * meanQ / (2 * q * q) - meanP * meanP / (2 * p * p) + Math.log(q / p) - epsilon;
        if (a == 0) {
            if (b == 0) {
                return 0;
            }
            double x = -c / b;
            return b > 0
                    ? mass(epsilon, x, Double.POSITIVE_INFINITY, meanP, p, meanQ, q)
                    : mass(epsilon, Double.NEGATIVE_INFINITY, x, meanP, p, meanQ, q);
        }
        double root = b * b - 4 * a * c;
        if (root <= 0) {
            return a > 0 ? mass(epsilon, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, meanP, p, meanQ, q) : 0;
        }
        double half = -(b + Math.copySign(Math.sqrt(root), b)) / 2;
        double one = Math.min(half / a, c / half);
        double other = Math.max(half / a, c / half);
        return a < 0
                ? mass(epsilon, one, other, meanP, p, meanQ, q)
                : mass(epsilon, Double.NEGATIVE_INFINITY, one, meanP, p, meanQ, q)
                        + mass(epsilon, other, Double.POSITIVE_INFINITY, meanP, p, meanQ, q);
    }

    private static double mass(double epsilon, double from, double to, double meanP, double p, double meanQ, double q) {
        double of = Normal.between((from - meanP) / p, (to - meanP) / p);
        double against = Normal.between((from - meanQ) / q, (to - meanQ) / q);
        return Math.max(0, of - (against == 0 ? 0 : Math.exp(epsilon + Math.log(against))));
    }
}
