package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.privacy.rows.PrivateGradient;
import java.util.ArrayList;
import java.util.List;

/** Layers with ReLU between them, through which a batch passes one row at a time. */
final class DenseNetwork extends Network {
    private final List<DenseLayer> layers = new ArrayList<>();

    DenseNetwork(int[] widths, Loss loss, Parameters parameters) {
        super(widths[0], loss);
        for (int layer = 1; layer < widths.length; layer++) {
            layers.add(new DenseLayer(widths[layer - 1], widths[layer], layer < widths.length - 1));
        }
        layers.forEach(layer -> own(layer.weights()));
        load(parameters);
    }

    @Override
    double[] forward(Examples examples, int row) {
        read(examples, row, input);
        double[] in = input;
        for (DenseLayer layer : layers) {
            layer.forward(in);
            in = layer.outputs;
        }
        return in;
    }

    @Override
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

    /**
     * Adds the gradient of each of the first so many rows, clipped. A row's errors and inputs tell the norm of its gradient
     * before that is worked out: Goodfellow, <i>Efficient Per-Example Gradient Computations</i>, arXiv:1510.01799.
     */
    void addGradients(Examples examples, int[] rows, int count, PrivateGradient sum) {
        for (int r = 0; r < count; r++) {
            double[] z = forward(examples, rows[r]);
            loss.gradient(z, examples.targets()[rows[r]]);
            System.arraycopy(z, 0, layers.get(layers.size() - 1).errors, 0, z.length);
            double squared = 0;
            for (int l = layers.size() - 1; l >= 0; l--) {
                squared += layers.get(l).squaredGradient(into(l));
                if (l > 0) {
                    layers.get(l).passBack(into(l), layers.get(l - 1).errors);
                }
            }
            addGradient(sum, sum.factor(squared));
        }
    }

    private void addGradient(PrivateGradient sum, double factor) {
        int at = 0;
        for (int l = 0; l < layers.size() && factor != 0; l++) {
            at = layers.get(l).addGradient(into(l), factor, sum, at);
        }
    }

    /** What the layer got. */
    private double[] into(int layer) {
        return layer == 0 ? input : layers.get(layer - 1).outputs;
    }

    private void backward(double scale) {
        for (int l = layers.size() - 1; l > 0; l--) {
            DenseLayer below = layers.get(l - 1);
            layers.get(l).addGradient(below.outputs, scale);
            layers.get(l).passBack(below.outputs, below.errors);
        }
        layers.get(0).addGradient(input, scale);
    }
}
