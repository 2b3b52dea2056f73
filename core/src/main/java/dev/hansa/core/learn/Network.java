package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.privacy.rows.PrivateGradient;
import dev.hansa.core.protocol.LocalTraining;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers one behind the other, in double precision: forward and backward passes in buffers of its own. Not safe for several
 * threads.
 */
abstract class Network {
    final Loss loss;
    final double[] input;
    /** All values in the order of the layout. */
    private final List<Weights> weights = new ArrayList<>();

    Network(int inputs, Loss loss) {
        this.loss = loss;
        this.input = new double[inputs];
    }

    /** The outputs of the row; valid, and free to be written over, until the next call. */
    abstract double[] forward(Examples examples, int row);

    /**
     * Adds the mean gradient over the batch {@code rows[from .. to)}.
     *
     * @return the sum of the loss over the batch
     */
    abstract double addGradient(Examples examples, int[] rows, int from, int to);

    /** Takes these values, which come next in the layout, as its own. */
    final void own(Weights... next) {
        weights.addAll(List.of(next));
    }

    final void load(Parameters parameters) {
        float[] values = parameters.toArray();
        int from = 0;
        for (Weights part : weights) {
            part.load(values, from);
            from += part.values.length;
        }
    }

    /** Draws all values to those of now. */
    final void anchor() {
        weights.forEach(Weights::anchor);
    }

    /** Adds these values to each gradient. */
    final void correct(Parameters correction) {
        float[] values = correction.toArray();
        int from = 0;
        for (Weights part : weights) {
            part.correct(values, from);
            from += part.values.length;
        }
    }

    final List<Weights> weights() {
        return weights;
    }

    /** The values as they are now, rounded. */
    final void store(float[] target) {
        int from = 0;
        for (Weights part : weights) {
            part.store(target, from);
            from += part.values.length;
        }
    }

    /** Steps along the gradient and empties it. */
    final void step(LocalTraining training) {
        if (training.clipNorm().isPresent()) {
            clip(training.clipNorm().getAsDouble());
        }
        for (Weights part : weights) {
            part.step(training);
        }
    }

    private void clip(double most) {
        double squared = 0;
        for (Weights part : weights) {
            squared += part.squaredGradient();
        }
        double norm = Math.sqrt(squared);
        if (norm > most) {
            for (Weights part : weights) {
                part.scaleGradient(most / norm);
            }
        }
    }

    /** How many values steps change. */
    final int moving() {
        return weights.stream().mapToInt(Weights::moving).sum();
    }

    /** Takes the gradient of a step that hides rows, which begins there. */
    final void take(PrivateGradient source) {
        int at = 0;
        for (Weights part : weights) {
            part.take(source, at);
            at += part.moving();
        }
    }

    /** Writes the row's features over the target. */
    static void read(Examples examples, int row, double[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = examples.inputs()[row * target.length + i];
        }
    }
}
