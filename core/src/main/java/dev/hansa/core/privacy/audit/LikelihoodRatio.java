package dev.hansa.core.privacy.audit;

import dev.hansa.core.privacy.numeric.Normal;
import java.util.Arrays;

/**
 * Scores of an example by how sure of it models are that were trained with it, and without it: LiRA, Carlini et al., 2022,
 * with Gaussian likelihoods. Higher ones look more like a member.
 */
public final class LikelihoodRatio {
    /** Less than this no deviation is taken for: a few models may agree by chance. */
    private static final double LEAST_DEVIATION = 1e-6;

    private LikelihoodRatio() {}

    /**
     * φ = ln(p / (1 − p)) of the probability that a model gives to the right class, which is nearly normal over models.
     *
     * @param probabilities by class
     */
    public static double confidence(double[] probabilities, int right) {
        double others = 0;
        for (int i = 0; i < probabilities.length; i++) {
            others += i == right ? 0 : probabilities[i];
        }
        return Math.log(Math.max(probabilities[right], Float.MIN_VALUE)) - Math.log(Math.max(others, Float.MIN_VALUE));
    }

    /** ln N(φ; μ_in, σ_in²) − ln N(φ; μ_out, σ_out²), each from the models with, or without, the example. */
    public static double online(double[] with, double[] without, double observed) {
        return logDensity(observed, mean(with), deviation(with))
                - logDensity(observed, mean(without), deviation(without));
    }

    /** The same with one deviation for all, where there are few models for each example. */
    public static double online(double[] with, double[] without, double pooledDeviation, double observed) {
        return logDensity(observed, mean(with), pooledDeviation)
                - logDensity(observed, mean(without), pooledDeviation);
    }

    /** ln Φ((φ − μ_out) / σ_out): what is known from models without the example alone. */
    public static double offline(double[] without, double observed) {
        return Normal.logBelow((observed - mean(without)) / deviation(without));
    }

    private static double logDensity(double x, double mean, double deviation) {
        double z = (x - mean) / Math.max(LEAST_DEVIATION, deviation);
        return -z * z / 2 - Math.log(Math.max(LEAST_DEVIATION, deviation));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average()
                .orElseThrow(() -> new IllegalArgumentException("got no model, expected at least one"));
    }

    /** Of the values as they are, not as a sample. */
    static double deviation(double[] values) {
        return Math.sqrt(squares(values) / values.length);
    }

    /** Σ (x − mean)². */
    public static double squares(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    }
}
