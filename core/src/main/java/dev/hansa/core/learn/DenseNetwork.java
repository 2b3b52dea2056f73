package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;

/** Forward and backward passes, one row at a time, in buffers of its own. Not safe for several threads. */
final class DenseNetwork {
    private final int[] widths;
    private final Loss loss;
    /** Outputs of each layer, after ReLU but for the last; index 0 is the input. */
    private final float[][] activations;
    /** Where each layer's weights begin; its biases follow them. */
    private final int[] offsets;
    private final float[][] errors;

    DenseNetwork(int[] widths, Loss loss) {
        this.widths = widths;
        this.loss = loss;
        this.activations = new float[widths.length][];
        this.errors = new float[widths.length][];
        this.offsets = new int[widths.length + 1];
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
            int weight = offsets[layer];
            int bias = weight + out.length * in.length;
            for (int o = 0; o < out.length; o++) {
                double z = weights[bias + o];
                for (int i = 0; i < in.length; i++) {
                    z += (double) weights[weight++] * in[i];
                }
                out[o] = layer < last && z < 0 ? 0 : (float) z;
            }
        }
        return activations[last];
    }

    /**
     * Adds the mean gradient over the batch.
     *
     * @return the sum of the loss over the batch
     */
    double gradient(float[] weights, Examples examples, int[] batch, double[] gradient) {
        double sum = 0;
        int last = widths.length - 1;
        for (int row : batch) {
            float[] z = forward(weights, examples, row);
            sum += loss.gradient(z, z.length, examples.targets()[row]);
            System.arraycopy(z, 0, errors[last], 0, z.length);
            for (int layer = last; layer >= 1; layer--) {
                backward(layer, weights, gradient, 1.0 / batch.length);
            }
        }
        return sum;
    }

    private void backward(int layer, float[] weights, double[] gradient, double scale) {
        float[] in = activations[layer - 1];
        float[] error = errors[layer];
        float[] errorIn = errors[layer - 1];
        int bias = offsets[layer] + error.length * in.length;
        for (int o = 0; o < error.length; o++) {
            double e = scale * error[o];
            int weight = offsets[layer] + o * in.length;
            for (int i = 0; i < in.length; i++) {
                gradient[weight + i] += e * in[i];
            }
            gradient[bias + o] += e;
        }
        if (layer == 1) {
            return;
        }
        for (int i = 0; i < in.length; i++) {
            double sum = 0;
            if (in[i] > 0) {
                for (int o = 0; o < error.length; o++) {
                    sum += (double) weights[offsets[layer] + o * in.length + i] * error[o];
                }
            }
            errorIn[i] = (float) sum;
        }
    }
}
