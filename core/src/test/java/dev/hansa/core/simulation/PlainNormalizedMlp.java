package dev.hansa.core.simulation;

import dev.hansa.core.data.Table;
import java.util.Arrays;

/**
 * A reference that shares nothing with the learners: one hidden layer with batch normalisation and ReLU, softmax and
 * cross-entropy, trained by minibatches in stored order, in double precision, with the derivatives of the paper written out
 * (Ioffe and Szegedy, ICML 2015, section 3) where production uses their sum.
 *
 * <p>The values are W1 [hidden, in], b1, scale, shift, running means, running variances, W2 [out, hidden], b2.
 */
final class PlainNormalizedMlp {
    private static final double EPSILON = 1e-5;

    private final int in;
    private final int hidden;
    private final int out;

    PlainNormalizedMlp(int in, int hidden, int out) {
        this.in = in;
        this.hidden = hidden;
        this.out = out;
    }

    /** Where the values of the norm begin: scale, shift, means, variances, each as many as there are hidden units. */
    private int norm() {
        return hidden * (in + 1);
    }

    private int second() {
        return norm() + 4 * hidden;
    }

    /** The values after so many passes over the table. */
    double[] train(double[] start, Table table, int epochs, int batchSize, double rate) {
        double[] w = start.clone();
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int from = 0; from < table.rows(); from += batchSize) {
                step(w, table, from, Math.min(from + batchSize, table.rows()), Math.min(batchSize, table.rows()), rate);
            }
        }
        return w;
    }

    private void step(double[] w, Table table, int from, int to, int whole, double rate) {
        int m = to - from;
        double[][] x = new double[m][];
        double[][] a = new double[m][hidden];
        for (int r = 0; r < m; r++) {
            x[r] = row(table, from + r);
            for (int j = 0; j < hidden; j++) {
                a[r][j] = linear(w, x[r], j);
            }
        }
        double[] mean = new double[hidden];
        double[] variance = new double[hidden];
        for (int j = 0; j < hidden; j++) {
            for (int r = 0; r < m; r++) {
                mean[j] += a[r][j] / m;
            }
            for (int r = 0; r < m; r++) {
                variance[j] += Math.pow(a[r][j] - mean[j], 2) / m;
            }
        }
        double[] g = m == 1
                ? gradient(w, table, from, x, a, runningMeans(w), runningVariances(w), true)
                : gradient(w, table, from, x, a, mean, variance, false);
        for (int j = 0; j < hidden && m == whole; j++) {
            w[norm() + 2 * hidden + j] = 0.9 * w[norm() + 2 * hidden + j] + 0.1 * mean[j];
            w[norm() + 3 * hidden + j] = 0.9 * w[norm() + 3 * hidden + j] + 0.1 * variance[j] * m / (m - 1);
        }
        for (int i = 0; i < w.length; i++) {
            w[i] -= rate * g[i] / m;
        }
    }

    /** The sum over the batch; zeros for the running values. */
    private double[] gradient(double[] w, Table table, int from, double[][] x, double[][] a, double[] mean,
            double[] variance, boolean constant) {
        int m = x.length;
        double[] g = new double[w.length];
        double[][] byNormalized = new double[m][hidden];
        for (int r = 0; r < m; r++) {
            double[] h = new double[hidden];
            for (int j = 0; j < hidden; j++) {
                h[j] = Math.max(0, w[norm() + j] * (a[r][j] - mean[j]) / Math.sqrt(variance[j] + EPSILON)
                        + w[norm() + hidden + j]);
            }
            double[] z = outputs(w, h);
            double normaliser = Arrays.stream(z).map(Math::exp).sum();
            double[] down = new double[hidden];
            for (int k = 0; k < out; k++) {
                double error = Math.exp(z[k]) / normaliser - (k == (int) table.labels()[from + r] ? 1 : 0);
                g[second() + out * hidden + k] += error;
                for (int j = 0; j < hidden; j++) {
                    g[second() + k * hidden + j] += error * h[j];
                    down[j] += error * w[second() + k * hidden + j];
                }
            }
            for (int j = 0; j < hidden; j++) {
                double error = h[j] > 0 ? down[j] : 0;
                g[norm() + j] += error * (a[r][j] - mean[j]) / Math.sqrt(variance[j] + EPSILON);
                g[norm() + hidden + j] += error;
                byNormalized[r][j] = error * w[norm() + j];
            }
        }
        for (int j = 0; j < hidden; j++) {
            double byVariance = 0;
            double byMean = 0;
            for (int r = 0; r < m && !constant; r++) {
                byVariance -= byNormalized[r][j] * (a[r][j] - mean[j]) * Math.pow(variance[j] + EPSILON, -1.5) / 2;
                byMean -= byNormalized[r][j] / Math.sqrt(variance[j] + EPSILON);
            }
            for (int r = 0; r < m; r++) {
                double byLinear = byNormalized[r][j] / Math.sqrt(variance[j] + EPSILON)
                        + byVariance * 2 * (a[r][j] - mean[j]) / m + byMean / m;
                g[hidden * in + j] += byLinear;
                for (int i = 0; i < in; i++) {
                    g[j * in + i] += byLinear * x[r][i];
                }
            }
        }
        return g;
    }

    private double[] runningMeans(double[] w) {
        return Arrays.copyOfRange(w, norm() + 2 * hidden, norm() + 3 * hidden);
    }

    private double[] runningVariances(double[] w) {
        return Arrays.copyOfRange(w, norm() + 3 * hidden, norm() + 4 * hidden);
    }

    /** How many rows get their largest output where their label is. */
    int correct(double[] w, Table table) {
        int correct = 0;
        double[] mean = runningMeans(w);
        double[] variance = runningVariances(w);
        for (int row = 0; row < table.rows(); row++) {
            double[] x = row(table, row);
            double[] h = new double[hidden];
            for (int j = 0; j < hidden; j++) {
                h[j] = Math.max(0, w[norm() + j] * (linear(w, x, j) - mean[j]) / Math.sqrt(variance[j] + EPSILON)
                        + w[norm() + hidden + j]);
            }
            double[] z = outputs(w, h);
            if (Arrays.stream(z).max().getAsDouble() == z[(int) table.labels()[row]]) {
                correct++;
            }
        }
        return correct;
    }

    private double linear(double[] w, double[] x, int unit) {
        double a = w[hidden * in + unit];
        for (int i = 0; i < in; i++) {
            a += w[unit * in + i] * x[i];
        }
        return a;
    }

    private double[] outputs(double[] w, double[] h) {
        double[] z = new double[out];
        for (int k = 0; k < out; k++) {
            z[k] = w[second() + out * hidden + k];
            for (int j = 0; j < hidden; j++) {
                z[k] += w[second() + k * hidden + j] * h[j];
            }
        }
        return z;
    }

    private double[] row(Table table, int row) {
        double[] x = new double[in];
        Arrays.setAll(x, i -> table.features()[i][row]);
        return x;
    }
}
