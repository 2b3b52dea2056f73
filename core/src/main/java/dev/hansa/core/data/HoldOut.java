package dev.hansa.core.data;

/** Which rows a client keeps from training, to evaluate on. */
public sealed interface HoldOut {

    /** No row: nothing is evaluated. */
    record None() implements HoldOut {}

    /**
     * The first row of the client's data and every nth after it.
     *
     * @param n at least 2
     */
    record Every(int n) implements HoldOut {
        public Every {
            if (n < 2) {
                throw new IllegalArgumentException("every " + n + "th row is held out, expected at least 2");
            }
        }
    }

    /** The rows whose cell in the column is exactly the value (without blanks around it). */
    record Marked(String column, String value) implements HoldOut {}
}
