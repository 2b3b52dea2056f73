package dev.hansa.core.coordinator;

import dev.hansa.core.privacy.event.Sampling;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Who takes part in a round.
 *
 * @param nodes          how many clients the run waits for before it starts; at least minimumReports
 * @param size           how many are chosen for a round; empty for all; at least minimumReports
 * @param minimumReports how many updates a round needs; with fewer it is abandoned and tried again; 1 lets a single
 *                       client's update be seen, so it is never a default. Some private runs need fewer
 *                       ({@link RunSpec#neededUpdates})
 * @param overSelection  how many times the size is asked, so that a round need not wait for its slowest clients: it
 *                       closes as soon as size updates are there; from 1 (nobody more) to 10; more than 1 needs a size
 * @param deadline       how long a round waits for answers
 * @param partialWork    whether clients are told the deadline, so that who would not be done by then stops in time, and
 *                       whether an update counts of which less was done than asked
 * @param selector       chooses the clients of a round
 */
public record Cohort(int nodes, OptionalInt size, int minimumReports, double overSelection, Duration deadline,
        boolean partialWork, CohortSelector selector) {
    private static final double MOST_OVER_SELECTION = 10;
    /** 1.1 times 30 is a little more than 33 in floating point, and 33 is meant. */
    private static final double ROUNDING = 1e-9;

    public Cohort {
        if (minimumReports < 1) {
            throw new IllegalArgumentException("minimumReports is " + minimumReports + ", expected at least 1");
        }
        if (nodes < minimumReports) {
            throw new IllegalArgumentException(
                    "nodes is " + nodes + ", fewer than the " + minimumReports + " of minimumReports");
        }
        if (size.isPresent() && size.getAsInt() < minimumReports) {
            throw new IllegalArgumentException(
                    "size is " + size.getAsInt() + ", fewer than the " + minimumReports + " of minimumReports");
        }
        if (!(overSelection >= 1 && overSelection <= MOST_OVER_SELECTION)) {
            throw new IllegalArgumentException("overSelection is " + overSelection + ", expected from 1 to 10");
        }
        if (overSelection > 1 && !size.isPresent()) {
            throw new IllegalArgumentException(
                    "overSelection is " + overSelection + ", but without a size all are asked anyway");
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline is " + deadline + ", expected more than 0");
        }
    }

    /** All have the same chance to be chosen. */
    public Cohort(int nodes, OptionalInt size, int minimumReports, double overSelection, Duration deadline,
            boolean partialWork) {
        this(nodes, size, minimumReports, overSelection, deadline, partialWork, new Uniform());
    }

    /** Nobody more is asked than needed, and all of the work. */
    public Cohort(int nodes, OptionalInt size, int minimumReports, Duration deadline) {
        this(nodes, size, minimumReports, 1, deadline, false);
    }

    /** The same, and only whole work counts. */
    Cohort withoutPartialWork() {
        return new Cohort(nodes, size, minimumReports, overSelection, deadline, false, selector);
    }

    /** The same, of no more clients a round than it says there are; where coins draw them, of as many as they draw. */
    Cohort limited() {
        return size.isPresent() || selector.sampling(this).filter(Sampling.Poisson.class::isInstance).isPresent()
                ? this
                : new Cohort(nodes, OptionalInt.of(nodes), minimumReports, overSelection, deadline, partialWork,
                        selector);
    }

    /** The same, in which who has to rest never takes part. */
    Cohort strictly() {
        return new Cohort(nodes, size, minimumReports, overSelection, deadline, partialWork, selector.strictly());
    }

    /** For how many clients the first round waits if so many take no part. */
    int wanted(int refused) {
        return Math.max(minimumReports, nodes - refused);
    }

    /** How many clients are asked to train; empty for all. */
    public OptionalInt asked() {
        return size.isPresent() ? OptionalInt.of((int) Math.ceil(size.getAsInt() * overSelection - ROUNDING)) : size;
    }

    /** How many updates close a round before its deadline. */
    int enough() {
        return overSelection > 1 ? size.getAsInt() : Integer.MAX_VALUE;
    }
}
