package dev.hansa.core.model;

/**
 * The updates of a cohort, combined.
 *
 * @param sum     the sum of weight × difference over the clients
 * @param weight  the sum of the weights
 * @param clients the number of updates
 * @param sums    the clients' sums, added up
 */
public record Aggregate(Parameters sum, double weight, int clients, Sums sums) {

    /** The weighted mean of the differences. */
    public Parameters mean() {
        return sum.times(1 / weight);
    }
}
