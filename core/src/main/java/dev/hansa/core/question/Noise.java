package dev.hansa.core.question;

/**
 * The noise of an answer.
 *
 * <p>Neighbours differ by one row that is there or is not, or, where rows of a client are limited, by all rows of one client.
 * That a client answers at all is public.
 *
 * @param by            who adds it
 * @param multiplier    of each part: the deviation, divided by how far neighbours move the part at most in L2; 0 for none
 * @param rowsPerClient so many rows of a client count at most, and all of them are protected together; 0 for no limit, which
 *                      protects a single row
 */
public record Noise(By by, double multiplier, int rowsPerClient) {
    /** None. */
    public static final Noise NONE = new Noise(By.NOBODY, 0, 0);
    /** What is more drowns everything. */
    private static final double MOST = 1e6;
    /** The largest deviation, in rows. */
    private static final double MOST_ROWS = 1 << 24;

    /** Who adds noise. */
    public enum By {
        /** The sums are told as they are. */
        NOBODY,
        /** Each client to its own: it protects from the coordinator as well. */
        CLIENTS,
        /** The coordinator, once, to the sum over all clients: it protects from whoever gets the answer. */
        COORDINATOR
    }

    public Noise {
        boolean none = by == By.NOBODY;
        if (none ? multiplier != 0 : !(multiplier > 0 && multiplier <= MOST)) {
            throw new IllegalArgumentException("multiplier is " + multiplier + ", expected "
                    + (none ? "0 where nobody adds noise" : "a number greater than 0, at most " + MOST));
        }
        if (rowsPerClient < 0 || none && rowsPerClient > 0) {
            throw new IllegalArgumentException("rowsPerClient is " + rowsPerClient
                    + (none ? ", expected 0 where nobody adds noise" : ", expected 0 or more"));
        }
        if (multiplier * Math.max(1, rowsPerClient) > MOST_ROWS) {
            throw new IllegalArgumentException("noise of a deviation of " + multiplier * rowsPerClient
                    + " rows would drown everything, expected at most " + MOST_ROWS
                    + ": a larger epsilon, or fewer rows of each client");
        }
    }

    /** How many rows neighbours differ by at most. */
    public int rowsApart() {
        return Math.max(1, rowsPerClient);
    }
}
