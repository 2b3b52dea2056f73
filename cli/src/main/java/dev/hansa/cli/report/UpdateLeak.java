package dev.hansa.cli.report;

import dev.hansa.core.privacy.audit.Proportion;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was read from the first updates of single clients.
 *
 * @param clients    whose updates were read
 * @param ofOneRow   how far what was read from one step with one row is from that row, the median: 0 is the row itself, 1 has
 *                   nothing to do with it; empty if the model has no first layer that is read so
 * @param ofAllRows  the same of the whole training of a client, from the nearest of its rows
 * @param byChance   the same of numbers that have nothing to do with it
 * @param named      of the classes that biases named, those of which the client had rows; empty if they named none
 * @param found      of the classes of which clients had rows, those that were named
 * @param isProtected whether clients clip their updates, or add noise to them
 */
public record UpdateLeak(int clients, OptionalDouble ofOneRow, OptionalDouble ofAllRows, OptionalDouble byChance,
        Optional<Proportion> named,
        Optional<Proportion> found, boolean isProtected) {
    /** Nearer than that, it is the row but for rounding. */
    private static final double EXACT = 0.01;

    /** Whether a row can be read off the update of a client that trains on one alone. */
    boolean isExact() {
        return ofOneRow.isPresent() && ofOneRow.getAsDouble() < EXACT;
    }
}
