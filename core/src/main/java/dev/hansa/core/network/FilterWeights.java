package dev.hansa.core.network;

import dev.hansa.core.model.TensorShape;

/**
 * The filters of a convolution: a tensor {@code [out, in, height, width]}, whose values are kept as
 * {@code [height, width, in, out]}.
 */
final class FilterWeights extends Weights {
    private final int side;
    private final int inputs;
    private final int outputs;

    FilterWeights(TensorShape shape) {
        super(shape, true);
        this.outputs = shape.dimensions().get(0);
        this.inputs = shape.dimensions().get(1);
        this.side = shape.dimensions().get(2);
    }

    @Override
    void load(float[] source, int from) {
        for (int output = 0, at = from; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                for (int tap = 0; tap < side * side; tap++, at++) {
                    values[(tap * inputs + input) * outputs + output] = source[at];
                }
            }
        }
    }

    @Override
    void store(float[] target, int from) {
        for (int output = 0, at = from; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                for (int tap = 0; tap < side * side; tap++, at++) {
                    target[at] = values[(tap * inputs + input) * outputs + output];
                }
            }
        }
    }

    /** As a convolution back needs them, {@code [height, width, out, in]} and turned by half a turn. */
    void turned(float[] target) {
        int taps = side * side;
        for (int tap = 0; tap < taps; tap++) {
            int to = (taps - 1 - tap) * outputs * inputs;
            for (int input = 0; input < inputs; input++) {
                int from = (tap * inputs + input) * outputs;
                for (int output = 0; output < outputs; output++) {
                    target[to + output * inputs + input] = values[from + output];
                }
            }
        }
    }
}
