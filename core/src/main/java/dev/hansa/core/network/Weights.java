package dev.hansa.core.network;

import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.rows.PrivateGradient;
import dev.hansa.core.protocol.LocalTraining;
import java.util.Arrays;

/**
 * One tensor in training, with what the steps of {@link LocalTraining} need besides its values. Plain steps of a batch that
 * passes at once need nothing: layers add {@linkplain #scale the step} to the values themselves.
 */
class Weights {
    private static final float[] NONE = {};

    final TensorShape shape;
    final float[] values;
    private float[] gradient = NONE;
    private float[] velocity = NONE;
    /** The values that {@link LocalTraining#proximalMu} draws to; empty without it. */
    private float[] anchor = NONE;
    /** Is added to each gradient; empty without a correction. */
    private float[] correction = NONE;
    private final boolean gathers;
    private boolean direct;
    private boolean fixed;
    private boolean apart;
    private float scale;

    /** Of which each row of a batch has one gradient. */
    Weights(TensorShape shape) {
        this(shape, false);
    }

    /**
     * @param gathers whether a row has many gradients, one a point or a step: these are added up by themselves, for of many
     *                small numbers that are added to a large one each loses its last digits
     */
    Weights(TensorShape shape, boolean gathers) {
        this.shape = shape;
        this.gathers = gathers;
        this.values = new float[shape.size()];
    }

    /** Takes values from there on, in the order of the tensor. */
    void load(float[] source, int from) {
        System.arraycopy(source, from, values, 0, values.length);
    }

    /** Writes the values from there on, in the order of the tensor. */
    void store(float[] target, int from) {
        System.arraycopy(values, 0, target, from, values.length);
    }

    /**
     * Begins a training from the values of now.
     *
     * @param plain whether each step is the rate times the gradient of one pass
     * @param fixed whether no step changes the values
     * @param apart whether layers tell gradients row by row, rather than adding them up
     */
    final void begin(LocalTraining training, boolean plain, boolean fixed, boolean apart) {
        this.fixed = fixed;
        this.apart = apart;
        direct = plain && !gathers;
        anchor = NONE;
        correction = NONE;
        if (!direct && !fixed) {
            gradient = cleared(gradient);
            velocity = training.momentum() > 0 ? cleared(velocity) : NONE;
            anchor = training.proximalMu() > 0 ? values.clone() : NONE;
        }
    }

    private float[] cleared(float[] buffer) {
        if (buffer.length == 0) {
            return new float[values.length];
        }
        Arrays.fill(buffer, 0);
        return buffer;
    }

    /** Adds the values from there on to each gradient of this training. */
    final void correct(float[] source, int from) {
        float[] kept = values.clone();
        load(source, from);
        correction = values.clone();
        System.arraycopy(kept, 0, values, 0, kept.length);
    }

    /** A step of so many rows begins. */
    final void begin(LocalTraining training, int rows) {
        scale = direct ? (float) (-training.rate() / rows) : 1f / rows;
    }

    /** Whether nobody asks for the gradient. */
    final boolean isFixed() {
        return fixed;
    }

    /** Whether passes back add to the {@link #target}. */
    final boolean isAddedUp() {
        return !fixed && !apart;
    }

    /** What gradients, times the {@link #scale}, are added to. */
    final float[] target() {
        return direct ? values : gradient;
    }

    /** What gradients, summed over rows, are multiplied by. */
    final float scale() {
        return scale;
    }

    /** How many values steps change. */
    final int moving() {
        return fixed ? 0 : values.length;
    }

    /** Adds the gradient of all passes, times the factor, from there on, and empties it. */
    final void giveTo(PrivateGradient sum, int at, double factor) {
        if (!fixed) {
            sum.add(at, gradient, 0, gradient.length, factor);
            Arrays.fill(gradient, 0);
        }
    }

    /** Takes the values from there on as the gradient of all passes. */
    final void take(PrivateGradient source, int at) {
        if (!fixed) {
            source.take(at, gradient);
        }
    }

    /** The sum of the squares of the gradient of all passes; 0 if nobody asks for it. */
    final double squaredGradient() {
        double sum = 0;
        for (int i = 0; i < (fixed ? 0 : gradient.length); i++) {
            sum += (double) gradient[i] * gradient[i];
        }
        return sum;
    }

    /** Makes the gradient of all passes so many times as large. */
    final void scaleGradient(float factor) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= factor;
        }
    }

    /** Steps along the gradient of all passes, and empties it. */
    final void step(LocalTraining training) {
        if (direct || fixed) {
            return;
        }
        float mu = (float) training.proximalMu();
        for (int i = 0; i < anchor.length; i++) {
            gradient[i] += mu * (values[i] - anchor[i]);
        }
        for (int i = 0; i < correction.length; i++) {
            gradient[i] += correction[i];
        }
        float rate = (float) training.rate();
        float decay = (float) training.weightDecay();
        if (velocity.length == 0) {
            for (int i = 0; i < values.length; i++) {
                values[i] -= rate * (gradient[i] + decay * values[i]);
            }
        } else {
            float momentum = (float) training.momentum();
            for (int i = 0; i < values.length; i++) {
                velocity[i] = momentum * velocity[i] + (gradient[i] + decay * values[i]);
                values[i] -= rate * velocity[i];
            }
        }
        Arrays.fill(gradient, 0);
    }
}
