package dev.hansa.core.privacy.accounting.rdp;

import dev.hansa.core.privacy.numeric.LogSum;
import dev.hansa.core.privacy.numeric.Logs;

/**
 * Gaussian noise on the sum of a Poisson cohort: Mironov, Talwar and Zhang, <i>Rényi Differential Privacy of the Sampled
 * Gaussian Mechanism</i>, 2019 (arXiv 1908.10530), sections 3.1 to 3.3.
 *
 * <p>The divergence of order α is ln(A) / (α-1), where A is the mean over x ~ N(0, σ²) of (1 + s)^α with s = q (e^u - 1) and u
 * = (2x - 1) / (2σ²). The mean of s is 0, so A - 1 is the mean of (1 + s)^α - 1 - αs, which is never negative: all that is
 * summed here is positive, and small divergences keep their digits. Instead of the paper's series for orders that are no
 * whole numbers, which converges slowly below 2, the mean is integrated by the trapezoid rule, whose error for such
 * integrands vanishes exponentially.
 *
 * @param q     the probability of being in the cohort, in (0, 1]
 * @param sigma the noise multiplier; more than 1e9 counts as no more
 */
record SampledGaussian(double q, double sigma) {
    /** Of less noise sampling is not counted: it gains little, and the integral would need millions of steps. */
    private static final double LEAST_SAMPLED = 0.02;
    /** More noise counts as no more. */
    private static final double MOST_NOISE = 1e9;

    SampledGaussian {
        sigma = Math.min(sigma, MOST_NOISE);
    }

    /** The Rényi divergence of an order. */
    double divergence(double order) {
        if (q == 1 || sigma < LEAST_SAMPLED) {
            return order / (2 * sigma * sigma);
        }
        double logExcess = order == Math.rint(order) ? logExcessOfWhole((int) order) : logExcess(order);
        return Logs.log1pExp(logExcess) / (order - 1);
    }

    /** ln(A - 1) by the binomial theorem. */
    double logExcessOfWhole(int order) {
        LogSum sum = new LogSum();
        double logChoices = Math.log(order);
        for (int k = 2; k <= order; k++) {
            logChoices += Math.log((order - k + 1.0) / k);
            sum.add(logChoices + (order - k) * Math.log1p(-q) + k * Math.log(q)
                    + Logs.logExpm1(k * (k - 1.0) / (2 * sigma * sigma)));
        }
        return sum.log();
    }

    /** ln(A - 1) by integration. */
    double logExcess(double order) {
        double step = Math.min(sigma, sigma * sigma) / 4;
        double from = -14 * sigma;
        long steps = (long) Math.ceil((order + 28 * sigma) / step);
        LogSum sum = new LogSum();
        for (long i = 0; i <= steps; i++) {
            double x = from + i * step;
            sum.add(logConvexity(order, (2 * x - 1) / (2 * sigma * sigma)) - x * x / (2 * sigma * sigma));
        }
        return sum.log() + Math.log(step / sigma) - 0.5 * Math.log(2 * Math.PI);
    }

    /** ln((1 + s)^α - 1 - αs). */
    private double logConvexity(double order, double u) {
        double s = q * Math.expm1(u);
        if (order * Math.abs(s) < 0.1) {
            return Math.log(series(order, s));
        } else if (s < 1) {
            return Math.log(Math.expm1(order * Math.log1p(s)) - order * s);
        } else if (u < 700) {
            double power = order * Math.log1p(s);
            return power + Math.log1p(-(1 + order * s) * Math.exp(-power));
        }
        double logS = Math.log(q) + u;
        return order * logS + Math.log1p(-Math.exp(Math.log(order) + (1 - order) * logS));
    }

    /** The binomial series of (1 + s)^α from the second power on, for a small αs. */
    private static double series(double order, double s) {
        double term = order * (order - 1) / 2 * s * s;
        double sum = term;
        for (int k = 3; Math.abs(term) > 1e-18 * sum; k++) {
            term *= s * (order - k + 1) / k;
            sum += term;
        }
        return sum;
    }
}
