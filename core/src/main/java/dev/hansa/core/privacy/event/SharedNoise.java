package dev.hansa.core.privacy.event;

/**
 * How clients share the noise of a sum that is added up under encryption: each clips its vector, rounds it to whole multiples of
 * a granularity and adds whole-numbered noise.
 *
 * <p>Kairouz, Liu and Steinke, <i>The Distributed Discrete Gaussian Mechanism for Federated Learning with Secure
 * Aggregation</i>, ICML 2021. Neighbours are {@link Adjacency#ZERO_OUT} or {@link Adjacency#ADD_OR_REMOVE_ONE}: one
 * rounded vector is in the sum or is not.
 *
 * @param clients      n, whose noise is in the sum for sure: the fewest that a round is closed with, less those who may
 *                     leave out their noise
 * @param dimension    d', the length of the vectors after padding
 * @param clipNorm     c, of a vector before rounding
 * @param deviation    σ, of one client's noise in the units of the vector
 * @param granularity  γ, what one step of the whole numbers is worth
 * @param roundingBias β in [0, 1): rounding is repeated until the norm keeps a bound which holds at once with probability 1-β at
 *                     least; e^-½ is usual, 0 leaves only the bound that always holds
 */
public record SharedNoise(int clients, int dimension, double clipNorm, double deviation, double granularity,
        double roundingBias) {
    /** The β of clients: the first try to round succeeds with four in ten at least. */
    public static final double USUAL_BIAS = Math.exp(-0.5);

    public SharedNoise {
        Expect.between("clients", 1, clients, Integer.MAX_VALUE, "it is how many clients add noise for sure");
        Expect.between("dimension", 1, dimension, Integer.MAX_VALUE, "it is the length of the padded vectors");
        Expect.positive("clipNorm", clipNorm, "it is the largest norm of a client's vector");
        Expect.positive("deviation", deviation, "without noise there is no privacy to state");
        Expect.positive("granularity", granularity, "it is the size of one step of the rounded values");
        if (!(roundingBias >= 0 && roundingBias < 1)) {
            throw new IllegalArgumentException("roundingBias is " + roundingBias
                    + ", expected a number of at least 0 and below 1: exp(-0.5) is usual, 0 needs no second try");
        }
    }

    /**
     * The same where one rounded vector is exchanged for another ({@link Adjacency#REPLACE_ONE}): the sum then moves by at
     * most twice as much, in either norm.
     */
    public SharedNoise replacingOne() {
        // without a second try a vector of this norm has twice the rounded norm of before
        double norm = granularity * (2 * roundedNorm() - Math.sqrt(dimension));
        return new SharedNoise(clients, dimension, norm, deviation, granularity, 0);
    }

    /** σ/γ: the deviation of one client's noise in steps. */
    public double stepDeviation() {
        return deviation / granularity;
    }

    /** Δ₂: the L2 norm that a rounded vector has at most, in steps. */
    public double roundedNorm() {
        return roundedNorm(clipNorm / granularity, dimension, roundingBias);
    }

    /**
     * What the mechanism holds rounded vectors to, and the accountant charges: Kairouz, Liu and Steinke, 2021, proposition
     * 22.
     *
     * @param norm         of the vector before rounding, in steps
     * @param dimension    of the vector
     * @param roundingBias as of this record
     */
    public static double roundedNorm(double norm, int dimension, double roundingBias) {
        double root = Math.sqrt(dimension);
        double always = norm + root;
        if (roundingBias == 0) {
            return always;
        }
        double mostly = Math.sqrt(norm * norm + dimension / 4.0
                + Math.sqrt(-2 * Math.log(roundingBias)) * (norm + root / 2));
        return Math.min(always, mostly);
    }

    /** Δ₁: the L1 norm that a rounded vector has at most, in steps. */
    public double roundedL1Norm() {
        double norm = roundedNorm();
        return norm * Math.min(Math.sqrt(dimension), norm);
    }
}
