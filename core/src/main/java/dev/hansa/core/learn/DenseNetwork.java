package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.LocalTraining;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers one behind the other, in double precision: forward and backward passes one row at a time, in buffers of its own.
 * Not safe for several threads.
 */
final class DenseNetwork {
    private final Loss loss;
    private final double[] input;
    private final List<DenseLayer> layers = new ArrayList<>();
    /** All values in the order of the layout. */
    private final List<Weights> weights = new ArrayList<>();

    DenseNetwork(int[] widths, Loss loss, Parameters parameters) {
        this.loss = loss;
        this.input = new double[widths[0]];
        for (int layer = 1; layer < widths.length; layer++) {
            layers.add(new DenseLayer(widths[layer - 1], widths[layer], layer < widths.length - 1));
        }
        float[] values = parameters.toArray();
        int from = 0;
        for (DenseLayer layer : layers) {
            for (Weights part : layer.weights()) {
                weights.add(part);
                part.load(values, from);
                from += part.values.length;
            }
        }
    }

    /** Draws all values to those of now. */
    void anchor() {
        weights.forEach(Weights::anchor);
    }

    /** Adds these values to each gradient. */
    void correct(Parameters correction) {
        float[] values = correction.toArray();
        int from = 0;
        for (Weights part : weights) {
            part.correct(values, from);
            from += part.values.length;
        }
    }

    List<Weights> weights() {
        return weights;
    }

    /** The values as they are now, rounded. */
    void store(float[] target) {
        int from = 0;
        for (Weights part : weights) {
            part.store(target, from);
            from += part.values.length;
        }
    }

    /** The outputs of the row; valid, and free to be written over, until the next call. */
    double[] forward(Examples examples, int row) {
        for (int i = 0; i < input.length; i++) {
            input[i] = examples.inputs()[row * input.length + i];
        }
        double[] in = input;
        for (DenseLayer layer : layers) {
            layer.forward(in);
            in = layer.outputs;
        }
        return in;
    }

    /**
     * Adds the mean gradient over the batch {@code rows[from .. to)}.
     *
     * @return the sum of the loss over the batch
     */
    double addGradient(Examples examples, int[] rows, int from, int to) {
        double sum = 0;
        for (int r = from; r < to; r++) {
            double[] z = forward(examples, rows[r]);
            sum += loss.gradient(z, examples.targets()[rows[r]]);
            System.arraycopy(z, 0, layers.get(layers.size() - 1).errors, 0, z.length);
            backward(1.0 / (to - from));
        }
        return sum;
    }

    private void backward(double scale) {
        for (int l = layers.size() - 1; l > 0; l--) {
            DenseLayer below = layers.get(l - 1);
            layers.get(l).addGradient(below.outputs, scale);
            layers.get(l).passBack(below);
        }
        layers.get(0).addGradient(input, scale);
    }

    /** Steps along the gradient and empties it. */
    void step(LocalTraining training) {
        for (Weights part : weights) {
            part.step(training);
        }
    }
}
