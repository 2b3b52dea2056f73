package dev.hansa.core.model;

/**
 * The updates of a cohort, combined.
 *
 * @param mean    of the differences, by their weights; as large as the largest of them at most, so that what clients can
 *                send it can hold. Computed as it is read, which saves another copy of the model
 * @param weight  the sum of the weights
 * @param clients the number of updates
 * @param sums    the clients' sums, added up
 */
public record Aggregate(ParameterSource mean, double weight, int clients, Sums sums) {}
