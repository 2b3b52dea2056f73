package dev.hansa.core.data;

/**
 * Rows as a model reads them.
 *
 * <p>The arrays are taken over and handed out without a copy: they are the hot path of training.
 *
 * @param width   inputs a row
 * @param inputs  row-major, {@code size × width}
 * @param targets one a row: the number to predict, or the index of the class
 */
@SuppressWarnings("ArrayRecordComponent")
public record Examples(int width, float[] inputs, float[] targets) {

    public Examples {
        if ((long) targets.length * width != inputs.length) {
            throw new IllegalArgumentException(
                    "got " + inputs.length + " inputs for " + targets.length + " rows of width " + width);
        }
    }

    /** The number of rows. */
    public int size() {
        return targets.length;
    }
}
