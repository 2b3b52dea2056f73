package dev.hansa.core.network;

import dev.hansa.core.kernel.Kernels;
import dev.hansa.core.kernel.Matrix;
import dev.hansa.core.model.TensorShape;
import java.util.Arrays;
import java.util.List;

/**
 * A layer that reads steps one after the other, each with the state that the one before has left, and is trained by
 * back-propagation through all of them. The state before the first step is 0.
 *
 * <p>Signals are step by step, in each row by row. What the input adds to the gates is one product for all steps, what the
 * state adds is one a step; their gradients are one each for all steps.
 *
 * <p>Tensors have the names, shapes and order of gates that they have in PyTorch, with both of its biases.
 */
abstract class Recurrent extends Layer {
    final Kernels kernels;
    final int steps;
    final int hidden;
    /** Of a row and step: the units of all gates. */
    final int width;
    private final boolean all;
    private final Weights inputWeights;
    private final Weights hiddenWeights;
    final Weights inputBiases;
    final Weights hiddenBiases;
    /** What the input adds to the gates; on the way back the errors of that. */
    final float[] inputGates;
    /** What the state adds; the same array, where both are merely added up. */
    final float[] hiddenGates;
    /** Before the first step, after it, and so on. */
    final float[] states;
    /** Of one step: the errors of its state. */
    final float[] stateErrors;
    private final Matrix input;
    private final Matrix inputErrors;
    private final Matrix gatesByInput;
    private final Matrix gatesByInputAcross;
    private final Matrix gatesByState;
    private final Matrix gatesByStateAcross;
    private final Matrix state;
    private final Matrix errors;
    private final Matrix inputForward;
    private final Matrix inputBackward;
    private final Matrix hiddenForward;
    private final Matrix hiddenBackward;
    private final Matrix inputGradient;
    private final Matrix hiddenGradient;

    /**
     * {@code name.weight_ih_ln [gates · hidden, inputs]}, {@code name.weight_hh_ln [gates · hidden, hidden]}, and a bias for
     * each.
     */
    static List<TensorShape> tensors(String name, int number, int gates, int inputs, int hidden) {
        String end = "_l" + number;
        return List.of(TensorShape.of(name + ".weight_ih" + end, gates * hidden, inputs),
                TensorShape.of(name + ".weight_hh" + end, gates * hidden, hidden),
                TensorShape.of(name + ".bias_ih" + end, gates * hidden),
                TensorShape.of(name + ".bias_hh" + end, gates * hidden));
    }

    /**
     * @param in       of {@code steps} times the inputs
     * @param out      of the hidden units, after all steps or after the last
     * @param together whether what input and state add to a gate is merely added up
     * @param rows     that pass at once
     */
    Recurrent(Kernels kernels, List<TensorShape> tensors, Signal in, Signal out, int steps, boolean together,
            int rows) {
        super(in, out);
        this.kernels = kernels;
        this.steps = steps;
        this.inputWeights = new Weights(tensors.get(0), true);
        this.hiddenWeights = new Weights(tensors.get(1), true);
        this.inputBiases = new Weights(tensors.get(2), true);
        this.hiddenBiases = new Weights(tensors.get(3), true);
        this.hidden = tensors.get(1).dimensions().get(1);
        this.width = inputBiases.values.length;
        this.all = out.width > hidden;
        this.inputGates = new float[steps * rows * width];
        this.hiddenGates = together ? inputGates : new float[inputGates.length];
        this.states = new float[(steps + 1) * rows * hidden];
        this.stateErrors = new float[rows * hidden];
        int inputs = in.width / steps;
        this.input = Matrix.of(in.values, 0, inputs);
        this.inputErrors = Matrix.of(in.errors, 0, inputs);
        this.gatesByInput = Matrix.of(inputGates, 0, width);
        this.gatesByInputAcross = Matrix.transposed(inputGates, 0, width);
        this.gatesByState = Matrix.of(hiddenGates, 0, width);
        this.gatesByStateAcross = Matrix.transposed(hiddenGates, 0, width);
        this.state = Matrix.of(states, 0, hidden);
        this.errors = Matrix.of(stateErrors, 0, hidden);
        this.inputForward = Matrix.transposed(inputWeights.values, width, inputs);
        this.inputBackward = Matrix.of(inputWeights.values, width, inputs);
        this.hiddenForward = Matrix.transposed(hiddenWeights.values, width, hidden);
        this.hiddenBackward = Matrix.of(hiddenWeights.values, width, hidden);
        this.inputGradient = Matrix.of(inputWeights.values, width, inputs);
        this.hiddenGradient = Matrix.of(hiddenWeights.values, width, hidden);
    }

    /** Before the products of all steps, fills what input and state add to the gates with the biases. */
    abstract void fillBiases(int cells);

    /** From what is added to the gates of the step, and the state before, works out that after it. */
    abstract void forward(int step, int rows);

    /**
     * From the errors of the state after the step, writes those of the gates over what was added to them, and over the errors
     * of the state those of the one before, as far as it does not go through the gates.
     */
    abstract void backward(int step, int rows);

    @Override
    final void forward(int rows) {
        int gates = rows * width;
        int units = rows * hidden;
        fillBiases(steps * rows);
        kernels.addProduct(1, input.rows(steps * rows), inputForward, gatesByInput.at(0).rows(steps * rows));
        Arrays.fill(states, 0, units, 0);
        for (int step = 0; step < steps; step++) {
            if (step > 0) {
                kernels.addProduct(1, state.at(step * units).rows(rows), hiddenForward,
                        gatesByState.at(step * gates).rows(rows));
            }
            forward(step, rows);
        }
        int from = all ? units : steps * units;
        System.arraycopy(states, from, out.values, 0, (steps + 1) * units - from);
    }

    @Override
    final void backward(int rows, boolean below) {
        int gates = rows * width;
        int units = rows * hidden;
        Arrays.fill(stateErrors, 0, units, 0);
        for (int step = steps - 1; step >= 0; step--) {
            if (all || step == steps - 1) {
                int from = all ? step * units : 0;
                for (int i = 0; i < units; i++) {
                    stateErrors[i] += out.errors[from + i];
                }
            }
            backward(step, rows);
            if (step > 0) {
                kernels.addProduct(1, gatesByState.at(step * gates).rows(rows), hiddenBackward, errors.rows(rows));
            }
        }
        if (below) {
            Arrays.fill(in.errors, 0, rows * in.width, 0);
            kernels.addProduct(1, gatesByInput.at(0).rows(steps * rows), inputBackward,
                    inputErrors.rows(steps * rows));
        }
        addGradients(rows);
    }

    private void addGradients(int rows) {
        if (!inputWeights.isFixed()) {
            kernels.addProduct(inputWeights.scale(), gatesByInputAcross.columns(steps * rows),
                    input.rows(steps * rows), inputGradient.over(inputWeights.target()));
        }
        if (!hiddenWeights.isFixed() && steps > 1) { // the first step has no state before it
            kernels.addProduct(hiddenWeights.scale(), gatesByStateAcross.at(rows * width).columns((steps - 1) * rows),
                    state.at(rows * hidden).rows((steps - 1) * rows), hiddenGradient.over(hiddenWeights.target()));
        }
        if (!inputBiases.isFixed()) {
            Biases.add(inputGates, steps * rows, inputBiases);
        }
        if (!hiddenBiases.isFixed()) {
            Biases.add(hiddenGates, steps * rows, hiddenBiases);
        }
    }

    @Override
    final List<Weights> weights() {
        return List.of(inputWeights, hiddenWeights, inputBiases, hiddenBiases);
    }
}
