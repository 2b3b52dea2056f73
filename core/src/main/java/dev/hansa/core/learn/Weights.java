package dev.hansa.core.learn;

import dev.hansa.core.privacy.rows.PrivateGradient;
import dev.hansa.core.protocol.LocalTraining;
import java.util.Arrays;

/** Values in training, with their gradient and momentum: the steps of {@link LocalTraining}. */
final class Weights {
    final double[] values;
    /** Is added up by backward passes, and emptied by each step. */
    final double[] gradient;
    private final double[] velocity;
    /** The values that {@link LocalTraining#proximalMu} draws to; empty without it. */
    private double[] anchor = {};
    /** Is added to each gradient; empty without a correction. */
    private double[] correction = {};
    private boolean fixed;

    Weights(int size) {
        this(size, size);
    }

    private Weights(int size, int trained) {
        this.values = new double[size];
        this.gradient = new double[trained];
        this.velocity = new double[trained];
    }

    /** Values that are measured: they have no gradient, and no step changes them. */
    static Weights measured(int size) {
        return new Weights(size, 0);
    }

    /** Draws the values to those of now. */
    void anchor() {
        anchor = Arrays.copyOf(values, gradient.length);
    }

    /** Adds the values from there on to each gradient. */
    void correct(float[] source, int from) {
        correction = new double[gradient.length];
        for (int i = 0; i < correction.length; i++) {
            correction[i] = source[from + i];
        }
    }

    /** Lets no step change the values. */
    void fix() {
        fixed = true;
    }

    /** How many values steps change. */
    int moving() {
        return fixed ? 0 : gradient.length;
    }

    /** Takes the part of the gradient from there on that hides rows; of what is {@linkplain #fix fixed} there is none. */
    void take(PrivateGradient source, int at) {
        if (!fixed) {
            source.take(at, gradient);
        }
    }

    /** The sum of the squares of the gradient, if steps follow it. */
    double squaredGradient() {
        double sum = 0;
        for (int i = 0; i < (fixed ? 0 : gradient.length); i++) {
            sum += gradient[i] * gradient[i];
        }
        return sum;
    }

    /** Makes the gradient so many times as large. */
    void scaleGradient(double factor) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= factor;
        }
    }

    /** Steps along the gradient. */
    void step(LocalTraining training) {
        if (fixed) {
            Arrays.fill(gradient, 0);
            return;
        }
        double mu = training.proximalMu();
        for (int i = 0; i < anchor.length; i++) {
            gradient[i] += mu * (values[i] - anchor[i]);
        }
        for (int i = 0; i < correction.length; i++) {
            gradient[i] += correction[i];
        }
        double rate = training.rate();
        double decay = training.weightDecay();
        double momentum = training.momentum();
        for (int i = 0; i < velocity.length; i++) {
            velocity[i] = momentum * velocity[i] + (gradient[i] + decay * values[i]);
            values[i] -= rate * velocity[i];
        }
        Arrays.fill(gradient, 0);
    }

    /** Takes values from there on. */
    void load(float[] source, int from) {
        for (int i = 0; i < values.length; i++) {
            values[i] = source[from + i];
        }
    }

    /** Writes the values, rounded, from there on. */
    void store(float[] target, int from) {
        for (int i = 0; i < values.length; i++) {
            target[from + i] = (float) values[i];
        }
    }
}
