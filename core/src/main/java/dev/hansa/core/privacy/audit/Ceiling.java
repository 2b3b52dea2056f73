package dev.hansa.core.privacy.audit;

/**
 * How good an attack on one's membership can be at best if (ε, δ) holds: one that is better disproves it.
 *
 * @param epsilon 0 or more
 * @param delta   in [0, 1)
 */
public record Ceiling(double epsilon, double delta) {

    public Ceiling {
        if (!(epsilon >= 0) || !(delta >= 0 && delta < 1)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + " and delta " + delta
                    + ", expected 0 or more, and from 0 to below 1");
        }
    }

    /** The share of right answers, of as many members as others: (e^ε + δ) / (1 + e^ε). */
    public double accuracy() {
        return (1 + delta * Math.exp(-epsilon)) / (1 + Math.exp(-epsilon));
    }

    /** The share of members that are found if others are taken for members at that rate. */
    public double truePositives(double falsePositiveRate) {
        return Math.min(Math.exp(epsilon) * falsePositiveRate + delta,
                1 - Math.exp(-epsilon) * Math.max(0, 1 - delta - falsePositiveRate));
    }

    /** The largest difference between the shares of members and of others that are taken for members. */
    public double advantage() {
        return 2 * accuracy() - 1;
    }
}
