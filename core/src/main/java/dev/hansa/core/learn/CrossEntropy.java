package dev.hansa.core.learn;

import dev.hansa.core.model.Sums;
import java.util.Map;

/**
 * Cross-entropy after softmax, {@code -log p_y}. Exponentials come from {@link StrictMath}, which gives the same bits on
 * every machine.
 */
final class CrossEntropy implements Loss {

    @Override
    public void predict(float[] z, int outputs) {
        double max = z[argmax(z, outputs)];
        double sum = 0;
        for (int i = 0; i < outputs; i++) {
            double power = StrictMath.exp(z[i] - max);
            z[i] = (float) power;
            sum += power;
        }
        for (int i = 0; i < outputs; i++) {
            z[i] = (float) (z[i] / sum);
        }
    }

    @Override
    public double gradient(float[] z, int outputs, float target) {
        int label = (int) target;
        double loss = loss(z, outputs, label);
        predict(z, outputs);
        z[label] -= 1;
        return loss;
    }

    private static double loss(float[] z, int outputs, int label) {
        double max = z[argmax(z, outputs)];
        double sum = 0;
        for (int i = 0; i < outputs; i++) {
            sum += StrictMath.exp(z[i] - max);
        }
        return StrictMath.log(sum) + max - z[label];
    }

    /** The first of the largest outputs. */
    private static int argmax(float[] z, int outputs) {
        int best = 0;
        for (int i = 1; i < outputs; i++) {
            if (z[i] > z[best]) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public Measurement measurement() {
        return new Measurement() {
            private long examples;
            private long correct;
            private double loss;

            @Override
            public void add(float[] z, int outputs, float target) {
                examples++;
                loss += loss(z, outputs, (int) target);
                if (argmax(z, outputs) == (int) target) {
                    correct++;
                }
            }

            @Override
            public Sums sums() {
                return Sums.of(
                        Map.of(Sums.EXAMPLES, (double) examples, Sums.LOSS, loss, Sums.CORRECT, (double) correct));
            }
        };
    }
}
