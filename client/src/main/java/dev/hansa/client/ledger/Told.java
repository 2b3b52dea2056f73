package dev.hansa.client.ledger;

/** What a node tells in an answer. */
public enum Told {
    /** What was learnt from the rows, as a difference of a model. */
    UPDATE("an update"),
    /** How many rows there are, and every how many are held out, which counts as known. */
    ROWS("the number of rows"),
    /** Count, sum and sum of squares of columns, or how many rows have a value that a run names. */
    STATISTICS("sums over columns, or counts by a value"),
    /** Counts and sums over held-out rows. */
    EVALUATION("how good a model is");

    private final String words;

    Told(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
