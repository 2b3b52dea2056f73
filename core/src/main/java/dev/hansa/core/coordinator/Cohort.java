package dev.hansa.core.coordinator;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Who takes part in a round.
 *
 * @param nodes          how many clients the run waits for before it starts; at least minimumReports
 * @param size           how many are chosen for a round; empty for all; at least minimumReports
 * @param minimumReports how many updates a round needs; with fewer it is abandoned and tried again; 1 lets a single
 *                       client's update be seen, so it is never a default
 * @param deadline       how long a round waits for answers
 */
public record Cohort(int nodes, OptionalInt size, int minimumReports, Duration deadline) {

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
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline is " + deadline + ", expected more than 0");
        }
    }
}
