package dev.hansa.core.network;

import dev.hansa.core.kernel.Kernels;
import dev.hansa.core.kernel.Matrix;
import dev.hansa.core.model.TensorShape;
import java.util.Arrays;
import java.util.List;

/**
 * A convolution with square filters of an odd side, zeros around the picture so that it keeps its size.
 *
 * <p>A line of the output is one product: its points' windows, which overlap in the picture as it lies, times the filters.
 */
final class Convolution extends Layer {
    private final Kernels kernels;
    private final Image from;
    private final Image to;
    private final int side;
    private final FilterWeights filters;
    private final Weights biases;
    private final Padded input;
    private final Padded errors;
    private final float[] turned;
    private final Matrix windows;
    private final Matrix forward;
    private final Matrix lineOut;
    private final Matrix errorWindows;
    private final Matrix backward;
    private final Matrix lineErrors;
    private final Matrix windowsAcross;
    private final Matrix allErrors;
    private final Matrix gradient;

    /** {@code name.weight [out, in, side, side]} and {@code name.bias [out]}. */
    static List<TensorShape> tensors(String name, int inputs, int outputs, int side) {
        return List.of(TensorShape.of(name + ".weight", outputs, inputs, side, side),
                TensorShape.of(name + ".bias", outputs));
    }

    Convolution(Kernels kernels, String name, Signal in, Image from, Signal out, Image to, int side, int rows) {
        super(in, out);
        this.kernels = kernels;
        this.from = from;
        this.to = to;
        this.side = side;
        List<TensorShape> tensors = tensors(name, from.channels(), to.channels(), side);
        this.filters = new FilterWeights(tensors.get(0));
        this.biases = new Weights(tensors.get(1), true);
        this.input = new Padded(rows, from, side / 2);
        this.errors = new Padded(rows, to, side / 2);
        this.turned = new float[filters.values.length];
        int taps = side * side;
        this.windows = Matrix.grouped(input.values, from.width(), from.channels(), side, input.line,
                side * from.channels(), 1);
        this.forward = Matrix.of(filters.values, taps * from.channels(), to.channels());
        this.lineOut = Matrix.of(out.values, to.width(), to.channels());
        this.errorWindows = Matrix.grouped(errors.values, to.width(), to.channels(), side, errors.line,
                side * to.channels(), 1);
        this.backward = Matrix.of(turned, taps * to.channels(), from.channels());
        this.lineErrors = Matrix.of(in.errors, from.width(), from.channels());
        this.windowsAcross = Matrix.grouped(input.values, side * from.channels(), 1, from.height(), input.line,
                from.width(), from.channels());
        this.allErrors = Matrix.of(out.errors, to.height() * to.width(), to.channels());
        this.gradient = Matrix.of(filters.values, side * from.channels(), to.channels());
    }

    @Override
    void forward(int rows) {
        input.fill(in.values, rows);
        for (int at = 0; at < rows * to.size(); at += to.channels()) {
            System.arraycopy(biases.values, 0, out.values, at, to.channels());
        }
        int line = to.width() * to.channels();
        for (int row = 0; row < rows; row++) {
            for (int y = 0; y < to.height(); y++) {
                kernels.addProduct(1, windows.at(input.line(row, y)), forward,
                        lineOut.at(row * to.size() + y * line));
            }
        }
    }

    @Override
    void backward(int rows, boolean below) {
        if (below) {
            passBack(rows);
        }
        if (!filters.isFixed()) {
            gradient.over(filters.target());
            for (int row = 0; row < rows; row++) {
                for (int y = 0; y < side; y++) {
                    kernels.addProduct(filters.scale(), windowsAcross.at(input.line(row, y)),
                            allErrors.at(row * to.size()), gradient.at(y * side * from.channels() * to.channels()));
                }
            }
        }
        if (!biases.isFixed()) {
            Biases.add(out.errors, rows * to.height() * to.width(), biases);
        }
    }

    private void passBack(int rows) {
        errors.fill(out.errors, rows);
        filters.turned(turned);
        Arrays.fill(in.errors, 0, rows * in.width, 0);
        int line = from.width() * from.channels();
        for (int row = 0; row < rows; row++) {
            for (int y = 0; y < from.height(); y++) {
                kernels.addProduct(1, errorWindows.at(errors.line(row, y)), backward,
                        lineErrors.at(row * from.size() + y * line));
            }
        }
    }

    @Override
    List<Weights> weights() {
        return List.of(filters, biases);
    }
}
