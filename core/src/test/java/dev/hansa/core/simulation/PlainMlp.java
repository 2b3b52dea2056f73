package dev.hansa.core.simulation;

import dev.hansa.core.data.Table;
import java.util.Arrays;

/**
 * A reference that shares nothing with the learners: one hidden layer with ReLU, softmax and cross-entropy, trained by
 * minibatches in stored order, in double precision from end to end and by the textbook's sums.
 *
 * <p>The values are W1 [hidden, in], b1, W2 [out, hidden], b2, one after the other.
 */
final class PlainMlp {
    private final int in;
    private final int hidden;
    private final int out;

    PlainMlp(int in, int hidden, int out) {
        this.in = in;
        this.hidden = hidden;
        this.out = out;
    }

    /** The values after so many passes over the table. */
    double[] train(double[] start, Table table, int epochs, int batchSize, double rate) {
        double[] w = start.clone();
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int from = 0; from < table.rows(); from += batchSize) {
                int to = Math.min(from + batchSize, table.rows());
                double[] sum = new double[w.length];
                for (int row = from; row < to; row++) {
                    addGradient(w, row(table, row), (int) table.labels()[row], sum);
                }
                for (int i = 0; i < w.length; i++) {
                    w[i] -= rate * sum[i] / (to - from);
                }
            }
        }
        return w;
    }

    /** How many rows get their largest output where their label is. */
    int correct(double[] w, Table table) {
        int correct = 0;
        for (int row = 0; row < table.rows(); row++) {
            double[] z = outputs(w, hidden(w, row(table, row)));
            int label = (int) table.labels()[row];
            if (Arrays.stream(z).max().getAsDouble() == z[label]) {
                correct++;
            }
        }
        return correct;
    }

    private double[] row(Table table, int row) {
        double[] x = new double[in];
        Arrays.setAll(x, i -> table.features()[i][row]);
        return x;
    }

    private double[] hidden(double[] w, double[] x) {
        double[] h = new double[hidden];
        for (int j = 0; j < hidden; j++) {
            double a = w[hidden * in + j];
            for (int i = 0; i < in; i++) {
                a += w[j * in + i] * x[i];
            }
            h[j] = Math.max(a, 0);
        }
        return h;
    }

    private double[] outputs(double[] w, double[] h) {
        int second = hidden * (in + 1);
        double[] z = new double[out];
        for (int k = 0; k < out; k++) {
            z[k] = w[second + out * hidden + k];
            for (int j = 0; j < hidden; j++) {
                z[k] += w[second + k * hidden + j] * h[j];
            }
        }
        return z;
    }

    private void addGradient(double[] w, double[] x, int label, double[] sum) {
        int second = hidden * (in + 1);
        double[] h = hidden(w, x);
        double[] z = outputs(w, h);
        double normaliser = Arrays.stream(z).map(Math::exp).sum();
        double[] down = new double[hidden];
        for (int k = 0; k < out; k++) {
            double error = Math.exp(z[k]) / normaliser - (k == label ? 1 : 0);
            sum[second + out * hidden + k] += error;
            for (int j = 0; j < hidden; j++) {
                sum[second + k * hidden + j] += error * h[j];
                down[j] += error * w[second + k * hidden + j];
            }
        }
        for (int j = 0; j < hidden; j++) {
            double error = h[j] > 0 ? down[j] : 0;
            sum[hidden * in + j] += error;
            for (int i = 0; i < in; i++) {
                sum[j * in + i] += error * x[i];
            }
        }
    }
}
