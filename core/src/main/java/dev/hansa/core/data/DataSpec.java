package dev.hansa.core.data;

/**
 * The data that a run asks of each client.
 *
 * @param set         the name under which the client's owner serves the data
 * @param schema      its columns; others are not read
 * @param holdOut     the rows for evaluation
 * @param standardise whether numbers (features, and the label in regression) are brought to mean 0 and deviation 1 with
 *                    the statistics of all clients together
 */
public record DataSpec(String set, Schema schema, HoldOut holdOut, boolean standardise) {}
