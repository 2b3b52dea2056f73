package dev.hansa.spec.document;

/**
 * One thing that is wrong with a document.
 *
 * @param line   from 1
 * @param column from 1
 * @param path   of the value, such as {@code training.rate}; empty for the whole document
 */
public record Problem(String file, int line, int column, String path, String message) {

    /** As a person reads it: {@code run.yaml:12:7: training.rate: found "fast", expected a number}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
