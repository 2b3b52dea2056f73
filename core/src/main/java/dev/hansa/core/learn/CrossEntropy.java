package dev.hansa.core.learn;

import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Detail;
import java.util.Map;

/**
 * Cross-entropy after softmax, {@code -log p_y}. Exponentials come from {@link StrictMath}, which gives the same bits on
 * every machine.
 */
final class CrossEntropy implements Loss {

    @Override
    public void predict(double[] z) {
        softmax(z);
    }

    @Override
    public double gradient(double[] z, float target) {
        int label = (int) target;
        double own = z[label];
        double loss = softmax(z) - own;
        z[label] -= 1;
        return loss;
    }

    /**
     * Turns the outputs into probabilities.
     *
     * @return {@code log Σ exp z}, of the outputs as they were
     */
    private static double softmax(double[] z) {
        double max = z[argmax(z)];
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            z[i] = StrictMath.exp(z[i] - max);
            sum += z[i];
        }
        for (int i = 0; i < z.length; i++) {
            z[i] /= sum;
        }
        return StrictMath.log(sum) + max;
    }

    /** The first of the largest outputs. */
    private static int argmax(double[] z) {
        int best = 0;
        for (int i = 1; i < z.length; i++) {
            if (z[i] > z[best]) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public Measurement measurement(Detail detail, int outputs) {
        DetailTally tally = new DetailTally(detail, outputs);
        return new Measurement() {
            private long examples;
            private long correct;
            private double loss;

            @Override
            public void add(double[] z, float target) {
                int label = (int) target;
                examples++;
                int predicted = argmax(z);
                if (predicted == label) {
                    correct++;
                }
                double own = z[label];
                loss += softmax(z) - own;
                tally.add(z, predicted, label);
            }

            @Override
            public Sums sums() {
                Map<String, Double> sums = tally.sums();
                sums.put(Sums.EXAMPLES, (double) examples);
                sums.put(Sums.LOSS, loss);
                sums.put(Sums.CORRECT, (double) correct);
                return Sums.of(sums);
            }
        };
    }
}
