package dev.hansa.core.question;

/**
 * One release among the numbers of an answer.
 *
 * @param column by its place in the question; -1 for all rows
 * @param from   the index of its first number
 * @param size   how many numbers
 */
public record Part(Kind kind, int column, int from, int size) {

    /** What is added up over rows. */
    public enum Kind {
        /** 1 for each row. */
        ROWS(1),
        /** The place of the value between the bounds, from -½ to ½. */
        SUM(0.5),
        /** The square of twice that, less ½: from -½ to ½. */
        SQUARES(0.5),
        /** 1 in the cell of the row. */
        CELLS(1);

        private final double sensitivity;

        Kind(double sensitivity) {
            this.sensitivity = sensitivity;
        }

        /** How far one row that comes or goes moves the part at most, in L2. Many rows move it at most so many times as far. */
        public double sensitivity() {
            return sensitivity;
        }
    }
}
