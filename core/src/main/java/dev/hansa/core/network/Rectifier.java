package dev.hansa.core.network;

/** ReLU in place. */
final class Rectifier {

    private Rectifier() {}

    static void forward(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = Math.max(values[i], 0);
        }
    }

    /** Units that were off pass no error on. */
    static void backward(float[] values, float[] errors, int count) {
        for (int i = 0; i < count; i++) {
            errors[i] = values[i] > 0 ? errors[i] : 0;
        }
    }
}
