package dev.hansa.core.learn;

import dev.hansa.core.privacy.rows.PrivateGradient;
import java.util.Arrays;

/**
 * A fully connected layer: {@code out = W in + b}, then ReLU if asked for. One array an output, because
 * compilers turn loops over whole arrays into vector instructions.
 */
final class DenseLayer {
    private final Weights[] weights;
    private final Weights biases;
    private final boolean relu;
    /** Of the last row. */
    final double[] outputs;
    /** The derivative of the last row's loss by each output before ReLU. */
    final double[] errors;

    DenseLayer(int inputs, int outputs, boolean relu) {
        this.weights = new Weights[outputs];
        Arrays.setAll(weights, output -> new Weights(inputs));
        this.biases = new Weights(outputs);
        this.relu = relu;
        this.outputs = new double[outputs];
        this.errors = new double[outputs];
    }

    /** All values, in the order of the layer's tensors. */
    Weights[] weights() {
        Weights[] all = Arrays.copyOf(weights, weights.length + 1);
        all[weights.length] = biases;
        return all;
    }

    void forward(double[] in) {
        for (int o = 0; o < outputs.length; o++) {
            double z = biases.values[o] + dot(weights[o].values, in);
            outputs[o] = relu && z < 0 ? 0 : z;
        }
    }

    /** Four sums side by side, which a processor adds up at once; their order is fixed, and so are the bits. */
    private static double dot(double[] row, double[] in) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int whole = in.length - in.length % 4;
        for (int i = 0; i < whole; i += 4) {
            a += row[i] * in[i];
            b += row[i + 1] * in[i + 1];
            c += row[i + 2] * in[i + 2];
            d += row[i + 3] * in[i + 3];
        }
        for (int i = whole; i < in.length; i++) {
            a += row[i] * in[i];
        }
        return (a + b) + (c + d);
    }

    /** Adds the row's gradient, times the scale. */
    void addGradient(double[] in, double scale) {
        for (int o = 0; o < errors.length; o++) {
            if (errors[o] != 0) { // a unit that was off learns nothing
                addTimes(scale * errors[o], in, weights[o].gradient);
                biases.gradient[o] += scale * errors[o];
            }
        }
    }

    /** The sum of the squares of the row's gradient, whose weights' part is errors times inputs. */
    double squaredGradient(double[] in) {
        double inputs = 0;
        for (double value : in) {
            inputs += value * value;
        }
        double norm = Math.sqrt(inputs);
        double sum = 0;
        for (int o = 0; o < errors.length; o++) {
            double ofWeights = weights[o].moving() > 0 ? errors[o] * norm : 0;
            double ofBias = biases.moving() > 0 ? errors[o] : 0;
            sum += ofWeights * ofWeights + ofBias * ofBias;
        }
        return sum;
    }

    /**
     * Adds the row's gradient, times the factor, which is not 0.
     *
     * @param at where the layer begins
     * @return where it ends
     */
    int addGradient(double[] in, double factor, PrivateGradient sum, int at) {
        int next = at;
        for (int o = 0; o < errors.length; o++) {
            if (weights[o].moving() > 0) {
                sum.add(next, in, factor * errors[o]);
                next += in.length;
            }
        }
        if (biases.moving() > 0) {
            sum.add(next, errors, factor);
            next += errors.length;
        }
        return next;
    }

    /**
     * From this layer's errors to those of what is below it, through the ReLU there.
     *
     * @param in    what the layer got
     * @param below is written over
     */
    void passBack(double[] in, double[] below) {
        Arrays.fill(below, 0);
        for (int o = 0; o < errors.length; o++) {
            if (errors[o] != 0) {
                addTimes(errors[o], weights[o].values, below);
            }
        }
        for (int i = 0; i < below.length; i++) {
            if (in[i] <= 0) {
                below[i] = 0;
            }
        }
    }

    private static void addTimes(double factor, double[] values, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * values[i];
        }
    }
}
