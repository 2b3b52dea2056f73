package dev.hansa.cli.live;

import java.util.OptionalInt;

/** Where progress is shown; perhaps a person looks at it. */
public interface Terminal {

    /** Whether lines can be redrawn and a person sees them; otherwise it is a file or a pipe. */
    boolean interactive();

    /** Whether a person who sees it can also be asked: what is typed there is what the program reads. */
    default boolean answers() {
        return false;
    }

    /** Whether to use colours; never on a terminal that is not interactive. */
    boolean colours();

    /** Whether results, which go elsewhere than progress, are read on such a terminal too, and may have colours. */
    default boolean coloursOfResults() {
        return false;
    }

    /** Whether it can show characters beyond ASCII. */
    boolean unicode();

    /** Its width now; at least 1. */
    int columns();

    /** How wide results may be that a person reads on such a terminal; empty if they go to a file or a pipe. */
    default OptionalInt columnsOfResults() {
        return OptionalInt.empty();
    }

    /** Its height now; at least 1. */
    int rows();

    /** Writes at once. Safe for several threads. */
    void print(String text);
}
