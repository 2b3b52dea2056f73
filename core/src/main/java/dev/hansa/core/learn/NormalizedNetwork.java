package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers with {@linkplain BatchNormalization batch normalisation} and ReLU between them. In training a batch passes layer by
 * layer, whole: its values at each layer are in memory at once.
 */
final class NormalizedNetwork extends Network {
    private final List<DenseLayer> hidden = new ArrayList<>();
    /** One behind each hidden layer. */
    private final List<BatchNormalization> norms = new ArrayList<>();
    private final DenseLayer last;
    /** What each layer gets, by layer and row of the batch. */
    private final double[][][] inputs;
    /** The derivatives of each row's loss by the values behind each hidden layer, by layer and row. */
    private final double[][][] errors;
    private int roomForRows;

    NormalizedNetwork(int[] widths, Loss loss, Parameters parameters) {
        super(widths[0], loss);
        int layers = widths.length - 1;
        for (int layer = 1; layer < layers; layer++) {
            DenseLayer linear = new DenseLayer(widths[layer - 1], widths[layer], false);
            BatchNormalization norm = new BatchNormalization(widths[layer]);
            hidden.add(linear);
            norms.add(norm);
            own(linear.weights());
            own(norm.weights());
        }
        last = new DenseLayer(widths[layers - 1], widths[layers], false);
        own(last.weights());
        inputs = new double[layers][0][];
        errors = new double[layers - 1][0][];
        load(parameters);
    }

    @Override
    double[] forward(Examples examples, int row) {
        read(examples, row, input);
        double[] in = input;
        for (int l = 0; l < norms.size(); l++) {
            DenseLayer layer = hidden.get(l);
            layer.forward(in);
            norms.get(l).apply(layer.outputs);
            in = layer.outputs;
        }
        last.forward(in);
        return last.outputs;
    }

    @Override
    double addGradient(Examples examples, int[] rows, int from, int to) {
        int count = to - from;
        boolean whole = makeRoom(count);
        for (int r = 0; r < count; r++) {
            read(examples, rows[from + r], inputs[0][r]);
        }
        for (int l = 0; l < norms.size(); l++) {
            for (int r = 0; r < count; r++) {
                hidden.get(l).forward(inputs[l][r]);
                System.arraycopy(hidden.get(l).outputs, 0, inputs[l + 1][r], 0, inputs[l + 1][r].length);
            }
            norms.get(l).forward(inputs[l + 1], count, whole);
        }
        double sum = 0;
        for (int r = 0; r < count; r++) {
            last.forward(inputs[norms.size()][r]);
            sum += loss.gradient(last.outputs, examples.targets()[rows[from + r]]);
            backward(last, norms.size(), r, last.outputs, 1.0 / count);
        }
        for (int l = norms.size() - 1; l >= 0; l--) {
            norms.get(l).backward(errors[l], count);
            for (int r = 0; r < count; r++) {
                backward(hidden.get(l), l, r, errors[l][r], 1.0 / count);
            }
        }
        return sum;
    }

    /** Through one layer, for one row of the batch. */
    private void backward(DenseLayer layer, int index, int row, double[] errorsOfLayer, double scale) {
        System.arraycopy(errorsOfLayer, 0, layer.errors, 0, errorsOfLayer.length);
        layer.addGradient(inputs[index][row], scale);
        if (index > 0) {
            layer.passBack(inputs[index][row], errors[index - 1][row]);
        }
    }

    /**
     * Room for so many rows.
     *
     * @return whether no batch before had more: only the last one of an epoch has fewer
     */
    private boolean makeRoom(int rows) {
        if (rows > roomForRows) {
            roomForRows = rows;
            for (int l = 0; l < inputs.length; l++) {
                inputs[l] = new double[rows][l == 0 ? input.length : hidden.get(l - 1).outputs.length];
            }
            for (int l = 0; l < errors.length; l++) {
                errors[l] = new double[rows][hidden.get(l).outputs.length];
            }
        }
        return rows == roomForRows;
    }
}
