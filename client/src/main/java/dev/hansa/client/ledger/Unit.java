package dev.hansa.client.ledger;

/** What is hidden: in whose place anything else could be, and nobody would be much the wiser. */
public enum Unit {
    /** All rows of the data set together, and so each of them, and each person in it. */
    DATA_SET("all rows together"),
    /** Each single row; a person with several rows is hidden less well. */
    ROW("each single row");

    private final String words;

    Unit(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
