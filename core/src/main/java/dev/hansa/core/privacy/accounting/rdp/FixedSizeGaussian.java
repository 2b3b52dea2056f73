package dev.hansa.core.privacy.accounting.rdp;

import dev.hansa.core.privacy.numeric.LogSum;
import dev.hansa.core.privacy.numeric.Logs;

/**
 * Gaussian noise on the sum of a cohort of known size: Wang, Balle and Kasiviswanathan, <i>Subsampled Rényi Differential
 * Privacy and Analytical Moments Accountant</i>, AISTATS 2019, theorem 9, with the ternary divergences of the Gaussian
 * (section 3 there), and corollary 10 for orders that are no whole numbers. Neighbours: replace-one.
 *
 * @param rate  γ, the part of the population that is drawn
 * @param sigma the noise multiplier, relative to the sensitivity of replace-one
 */
record FixedSizeGaussian(double rate, double sigma) {
    /** More noise counts as no more. */
    private static final double MOST_NOISE = 1e9;

    FixedSizeGaussian {
        sigma = Math.min(sigma, MOST_NOISE);
    }

    double divergence(double order) {
        double own = order / (2 * sigma * sigma);
        if (rate == 1) {
            return own;
        }
        int low = (int) order;
        double above = order - low;
        double moment = (1 - above) * logMoment(low) + (above == 0 ? 0 : above * logMoment(low + 1));
        return Math.min(own, moment / (order - 1));
    }

    /** (α-1) ε(α) of a whole order. */
    private double logMoment(int order) {
        LogSum excess = new LogSum();
        double logChoices = Math.log(order);
        for (int j = 2; j <= order; j++) {
            logChoices += Math.log((order - j + 1.0) / j);
            excess.add(j * Math.log(rate) + logChoices + logBound(j));
        }
        return Logs.log1pExp(excess.log());
    }

    /** What a power of the likelihood ratio's distance from 1 contributes at most. */
    private double logBound(int j) {
        double plain = Math.log(2) + j * (j - 1.0) / (2 * sigma * sigma);
        if (j == 2) {
            return Math.min(plain, Math.log(4) + Logs.logExpm1(1 / (sigma * sigma)));
        }
        if (isPlainLess(j / 2 * 2) && isPlainLess((j + 1) / 2 * 2)) {
            return plain; // without integrals, which would be long where noise is little
        }
        double ternary = Math.log(4) + (logDistance(j / 2 * 2) + logDistance((j + 1) / 2 * 2)) / 2;
        return Math.min(plain, ternary);
    }

    /**
     * Whether the mean of (e^u - 1)^j is more than half of that of e^(uj), so that the ternary bound is no better than the plain
     * one: all but 5 % of the latter comes from within two deviations of x = j, and there (1 - e^-u)^j ≥ 1 - j e^-u.
     */
    private boolean isPlainLess(int j) {
        double u = (2 * (j - 2 * sigma) - 1) / (2 * sigma * sigma);
        return j * Math.exp(-u) < 0.4;
    }

    /** ln of the mean of (e^u - 1)^j over N(0, σ²), for an even j; u is the privacy loss. By the trapezoid rule. */
    private double logDistance(int j) {
        double step = sigma / 4;
        long steps = (long) Math.ceil((j + 28 * sigma) / step);
        LogSum sum = new LogSum();
        for (long i = 0; i <= steps; i++) {
            double x = -14 * sigma + i * step;
            double u = (2 * x - 1) / (2 * sigma * sigma);
            double logRatio = u > 0 ? Logs.logExpm1(u) : Math.log(-Math.expm1(u));
            sum.add(j * logRatio - x * x / (2 * sigma * sigma));
        }
        return sum.log() - Math.log(4) - 0.5 * Math.log(2 * Math.PI);
    }
}
