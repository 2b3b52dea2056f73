package dev.hansa.core.network;

import dev.hansa.core.kernel.Kernels;
import dev.hansa.core.kernel.Matrix;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.rows.PrivateGradient;
import java.util.Arrays;
import java.util.List;

/** A fully connected layer, {@code out = in Wᵀ + b}, then ReLU if asked for. */
final class Dense extends Layer {
    private final Kernels kernels;
    private final boolean rectified;
    private final Weights weights;
    private final Weights biases;
    private final Matrix input;
    private final Matrix output;
    private final Matrix inputErrors;
    private final Matrix outputErrors;
    private final Matrix errorsAcross;
    private final Matrix forward;
    private final Matrix backward;
    private final Matrix gradient;

    /** {@code name.weight [out, in]} and {@code name.bias [out]}. */
    static List<TensorShape> tensors(String name, int inputs, int outputs) {
        return List.of(TensorShape.of(name + ".weight", outputs, inputs), TensorShape.of(name + ".bias", outputs));
    }

    Dense(Kernels kernels, String name, Signal in, Signal out, boolean rectified) {
        super(in, out);
        this.kernels = kernels;
        this.rectified = rectified;
        List<TensorShape> tensors = tensors(name, in.width, out.width);
        this.weights = new Weights(tensors.get(0));
        this.biases = new Weights(tensors.get(1));
        this.input = Matrix.of(in.values, 0, in.width);
        this.output = Matrix.of(out.values, 0, out.width);
        this.inputErrors = Matrix.of(in.errors, 0, in.width);
        this.outputErrors = Matrix.of(out.errors, 0, out.width);
        this.errorsAcross = Matrix.transposed(out.errors, 0, out.width);
        this.forward = Matrix.transposed(weights.values, out.width, in.width);
        this.backward = Matrix.of(weights.values, out.width, in.width);
        this.gradient = Matrix.of(weights.values, out.width, in.width);
    }

    @Override
    void forward(int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(biases.values, 0, out.values, row * out.width, out.width);
        }
        kernels.addProduct(1, input.rows(rows), forward, output.rows(rows));
        if (rectified) {
            rectify(out.values, rows * out.width);
        }
    }

    private static void rectify(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = Math.max(values[i], 0);
        }
    }

    @Override
    void backward(int rows, boolean below) {
        if (rectified) {
            kernels.silence(out.values, out.errors, rows * out.width);
        }
        if (below) {
            Arrays.fill(in.errors, 0, rows * in.width, 0);
            kernels.addProduct(1, outputErrors.rows(rows), backward, inputErrors.rows(rows));
        }
        if (weights.isAddedUp()) {
            kernels.addProduct(weights.scale(), errorsAcross.columns(rows), input.rows(rows),
                    gradient.over(weights.target()));
        }
        if (biases.isAddedUp()) {
            Biases.add(out.errors, rows, biases);
        }
    }

    @Override
    boolean tellsRowsApart() {
        return true;
    }

    /** Of weights it is that of the errors times that of the inputs: Goodfellow, arXiv:1510.01799. */
    @Override
    double squaredGradient(int row) {
        double errors = squares(out.errors, row * out.width, out.width);
        double ofWeights = weights.isFixed() ? 0 : errors * squares(in.values, row * in.width, in.width);
        return ofWeights + (biases.isFixed() ? 0 : errors);
    }

    private static double squares(float[] values, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }

    @Override
    void giveGradient(int row, double factor, PrivateGradient sum, int at) {
        int next = at;
        for (int o = 0; o < out.width && !weights.isFixed(); o++, next += in.width) {
            float error = out.errors[row * out.width + o];
            if (error != 0) {
                sum.add(next, in.values, row * in.width, in.width, factor * error);
            }
        }
        if (!biases.isFixed()) {
            sum.add(next, out.errors, row * out.width, out.width, factor);
        }
    }

    @Override
    List<Weights> weights() {
        return List.of(weights, biases);
    }
}
