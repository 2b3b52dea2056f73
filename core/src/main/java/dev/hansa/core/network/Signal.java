package dev.hansa.core.network;

/**
 * What passes from one layer to the next: for each row of a batch its values, and on the way back the derivatives of the
 * loss by them.
 */
final class Signal {
    /** Of a row. */
    final int width;
    /** Row by row. */
    final float[] values;
    /** Likewise. */
    final float[] errors;

    Signal(int rows, int width) {
        this.width = width;
        this.values = new float[rows * width];
        this.errors = new float[rows * width];
    }
}
