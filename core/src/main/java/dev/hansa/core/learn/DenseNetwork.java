package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import java.util.Arrays;

/**
 * Forward and backward passes, one row at a time, in buffers of its own. Sums are kept in double precision. Not safe for
 * several threads.
 */
final class DenseNetwork {
    private final int[] widths;
    private final Loss loss;
    /** Outputs of each layer, after ReLU but for the last; index 0 is the input. */
    private final float[][] activations;
    /** The derivative of the loss by each output of a layer, before ReLU. */
    private final float[][] errors;
    /** Where each layer's weights begin; its biases follow them. */
    private final int[] offsets;
    private final double[] back;

    DenseNetwork(int[] widths, Loss loss) {
        this.widths = widths;
        this.loss = loss;
        this.activations = new float[widths.length][];
        this.errors = new float[widths.length][];
        this.offsets = new int[widths.length + 1];
        this.back = new double[Arrays.stream(widths).max().getAsInt()];
        for (int layer = 0; layer < widths.length; layer++) {
            activations[layer] = new float[widths[layer]];
            errors[layer] = new float[widths[layer]];
        }
        for (int layer = 1; layer < widths.length; layer++) {
            offsets[layer + 1] = offsets[layer] + widths[layer] * (widths[layer - 1] + 1);
        }
    }

    /** The outputs of the row; valid, and free to be written over, until the next call. */
    float[] forward(float[] weights, Examples examples, int row) {
        System.arraycopy(examples.inputs(), row * widths[0], activations[0], 0, widths[0]);
        int last = widths.length - 1;
        for (int layer = 1; layer <= last; layer++) {
            float[] in = activations[layer - 1];
            float[] out = activations[layer];
            int bias = offsets[layer] + out.length * in.length;
            for (int o = 0; o < out.length; o++) {
                float z = (float) (weights[bias + o] + dot(weights, offsets[layer] + o * in.length, in));
                out[o] = layer < last && z < 0 ? 0 : z;
            }
        }
        return activations[last];
    }

    /** Four sums side by side, which a processor adds up at once; their order is fixed, and so are the bits. */
    private static double dot(float[] weights, int from, float[] in) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int whole = in.length - in.length % 4;
        for (int i = 0; i < whole; i += 4) {
            a += (double) weights[from + i] * in[i];
            b += (double) weights[from + i + 1] * in[i + 1];
            c += (double) weights[from + i + 2] * in[i + 2];
            d += (double) weights[from + i + 3] * in[i + 3];
        }
        for (int i = whole; i < in.length; i++) {
            a += (double) weights[from + i] * in[i];
        }
        return (a + b) + (c + d);
    }

    /**
     * Adds the mean gradient over the batch {@code rows[from .. to)}.
     *
     * @return the sum of the loss over the batch
     */
    double gradient(float[] weights, Examples examples, int[] rows, int from, int to, double[] gradient) {
        double sum = 0;
        int last = widths.length - 1;
        for (int r = from; r < to; r++) {
            float[] z = forward(weights, examples, rows[r]);
            sum += loss.gradient(z, examples.targets()[rows[r]]);
            System.arraycopy(z, 0, errors[last], 0, z.length);
            for (int layer = last; layer >= 1; layer--) {
                addGradient(layer, gradient, 1.0 / (to - from));
                if (layer > 1) {
                    passBack(layer, weights);
                }
            }
        }
        return sum;
    }

    private void addGradient(int layer, double[] gradient, double scale) {
        float[] in = activations[layer - 1];
        float[] error = errors[layer];
        int bias = offsets[layer] + error.length * in.length;
        for (int o = 0; o < error.length; o++) {
            double e = scale * error[o];
            int weight = offsets[layer] + o * in.length;
            for (int i = 0; i < in.length; i++) {
                gradient[weight + i] += e * in[i];
            }
            gradient[bias + o] += e;
        }
    }

    /** From the layer's errors to those of the layer below, through ReLU. */
    private void passBack(int layer, float[] weights) {
        float[] in = activations[layer - 1];
        float[] error = errors[layer];
        Arrays.fill(back, 0, in.length, 0);
        for (int o = 0; o < error.length; o++) {
            double e = error[o];
            int weight = offsets[layer] + o * in.length;
            for (int i = 0; i < in.length; i++) {
                back[i] += weights[weight + i] * e;
            }
        }
        for (int i = 0; i < in.length; i++) {
            errors[layer - 1][i] = in[i] > 0 ? (float) back[i] : 0;
        }
    }
}
