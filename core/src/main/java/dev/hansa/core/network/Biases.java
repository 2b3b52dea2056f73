package dev.hansa.core.network;

/** The gradient of biases, each of which is added to one column. */
final class Biases {

    private Biases() {}

    /** Adds the sums of the columns of {@code rows} rows. */
    static void add(float[] errors, int rows, Weights biases) {
        float[] target = biases.target();
        float scale = biases.scale();
        int width = biases.values.length;
        for (int row = 0, at = 0; row < rows; row++, at += width) {
            for (int i = 0; i < width; i++) {
                target[i] += scale * errors[at + i];
            }
        }
    }
}
