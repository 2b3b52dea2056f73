package dev.hansa.core.privacy.accounting.rdp;

import dev.hansa.core.privacy.event.SharedNoise;

/** What sums of whole-numbered noise hide, by the order of the divergence. */
final class DistributedBounds {
    /** So many terms of a sum are added up one by one. */
    private static final int TERMS = 10_000;

    private DistributedBounds() {}

    /**
     * Discrete Gaussian noise of all clients: Kairouz, Liu and Steinke, <i>The Distributed Discrete Gaussian Mechanism</i>,
     * ICML 2021, corollary 12.
     */
    static double discreteGaussian(SharedNoise noise, double order) {
        double tau = tau(noise.clients(), noise.stepDeviation());
        double root = Math.sqrt(noise.clients()) * noise.stepDeviation();
        double l2 = noise.roundedNorm() / root;
        double l1 = noise.roundedL1Norm() / root;
        int dimension = noise.dimension();
        double wide = l2 + Math.sqrt(dimension) * tau;
        return Math.min(order * l2 * l2 / 2 + tau * dimension,
                Math.min(order / 2 * (l2 * l2 + 2 * l1 * tau + tau * tau * dimension), order / 2 * wide * wide));
    }

    /** τ: how far a sum of discrete Gaussians is from one discrete Gaussian; below 1e-16 from two steps of deviation on. */
    static double tau(int clients, double stepDeviation) {
        double sum = 0;
        for (int k = 1; k < Math.min(clients, TERMS); k++) {
            sum += term(k, stepDeviation);
        }
        return 10 * (clients > TERMS ? sum + (clients - TERMS) * term(TERMS, stepDeviation) : sum); // terms fall
    }

    private static double term(double k, double stepDeviation) {
        return Math.exp(-2 * Math.PI * Math.PI * stepDeviation * stepDeviation * k / (k + 1));
    }

    /**
     * Skellam noise of all clients: Agarwal, Kairouz and Liu, <i>The Skellam Mechanism for Differentially Private Federated
     * Learning</i>, NeurIPS 2021, theorem 3.2. Proved for whole orders: between them the convex (α-1) ε(α) is interpolated.
     */
    static double skellam(SharedNoise noise, double order) {
        double low = Math.floor(order);
        double above = order - low;
        double below = low < 2 ? 0 : (low - 1) * skellamOfWhole(noise, low);
        double moment = above == 0 ? below : (1 - above) * below + above * low * skellamOfWhole(noise, low + 1);
        return moment / (order - 1);
    }

    private static double skellamOfWhole(SharedNoise noise, double order) {
        double variance = noise.clients() * noise.stepDeviation() * noise.stepDeviation();
        return skellam(noise.roundedL1Norm(), noise.roundedNorm(), variance, order);
    }

    /**
     * Of a vector of that L1 norm and L2 norm, in steps.
     *
     * @param order a whole number, at least 2
     */
    static double skellam(double l1, double norm, double variance, double order) {
        return order * norm * norm / (2 * variance)
                + Math.min(((2 * order - 1) * norm * norm + 6 * l1) / (4 * variance * variance),
                        3 * l1 / (2 * variance));
    }
}
