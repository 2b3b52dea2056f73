package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Parameters;
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

    private void backward(double scale) {
        for (int l = layers.size() - 1; l > 0; l--) {
            DenseLayer below = layers.get(l - 1);
            layers.get(l).addGradient(below.outputs, scale);
            layers.get(l).passBack(below.outputs, below.errors);
        }
        layers.get(0).addGradient(input, scale);
    }
}
