package dev.hansa.core.learn;

import dev.hansa.core.model.RunningStatistics;
import dev.hansa.core.model.TensorShape;
import java.util.Arrays;
import java.util.List;

/**
 * A layer that gives each unit the mean 0 and the variance 1 over the rows of a batch, then a scale and a shift that are
 * trained, then ReLU: Ioffe and Szegedy, <i>Batch Normalization: Accelerating Deep Network Training by Reducing Internal
 * Covariate Shift</i>, ICML 2015, Algorithm 1.
 *
 * <p>Single rows are normalised by running means and variances. These follow those of the batches, in exponential averages
 * (where the paper's Algorithm 2 has plain ones) and with the variance of a sample, {@code rows / (rows - 1)} times that of
 * the batch. They follow whole batches alone: a short last one of an epoch would weigh as much. A batch of one row has no
 * variance; it is normalised by the running values.
 *
 * <p>The tensors have the names, the meaning and the constants that they have in PyTorch.
 */
final class BatchNormalization {
    /** Keeps the deviation of a unit that is always the same from 0. */
    private static final double EPSILON = 1e-5;
    /** What a batch weighs in the running values. */
    private static final double MOMENTUM = 0.1;

    private final Weights scale;
    private final Weights shift;
    private final Weights means;
    private final Weights variances;
    /** Of the last batch, by row and unit. */
    private double[][] normalized = {};
    /** Of the last batch, by unit. */
    private final double[] deviations;
    private boolean byRunningValues;

    BatchNormalization(int units) {
        this.scale = new Weights(units);
        this.shift = new Weights(units);
        this.means = Weights.measured(units);
        this.variances = Weights.measured(units);
        this.deviations = new double[units];
    }

    /** The tensors of the layer behind the hidden layer of that number. */
    static List<TensorShape> tensors(int layer, int units) {
        String name = "norm" + layer + ".";
        return List.of(TensorShape.of(name + "weight", units), TensorShape.of(name + "bias", units),
                TensorShape.of(name + RunningStatistics.MEAN, units),
                TensorShape.of(name + RunningStatistics.VARIANCE, units));
    }

    /** All values where training begins, one behind the other: it changes nothing but negative values. */
    static float[] initial(int units) {
        float[] values = new float[4 * units];
        Arrays.fill(values, 0, units, 1);
        Arrays.fill(values, 3 * units, 4 * units, 1);
        return values;
    }

    /** All values, in the order of the layer's tensors. */
    Weights[] weights() {
        return new Weights[]{scale, shift, means, variances};
    }

    /** Writes what becomes of a row over it, by the running values. */
    void apply(double[] row) {
        for (int u = 0; u < row.length; u++) {
            row[u] = output(u, (row[u] - means.values[u]) / runningDeviation(u));
        }
    }

    private double output(int unit, double value) {
        return Math.max(0, scale.values[unit] * value + shift.values[unit]);
    }

    /** Sums of updates that were rounded may make a variance of nearly 0 a little less. */
    private double runningDeviation(int unit) {
        return Math.sqrt(Math.max(0, variances.values[unit]) + EPSILON);
    }

    /**
     * Writes what becomes of a batch over it.
     *
     * @param batch  by row and unit; may have room for more rows
     * @param follow whether the running values follow those of this batch
     */
    void forward(double[][] batch, int rows, boolean follow) {
        if (normalized.length < rows) {
            normalized = new double[rows][deviations.length];
        }
        byRunningValues = rows == 1;
        for (int u = 0; u < deviations.length; u++) {
            double mean = byRunningValues ? means.values[u] : mean(batch, rows, u);
            deviations[u] = byRunningValues ? runningDeviation(u) : deviation(batch, rows, u, mean, follow);
            for (int r = 0; r < rows; r++) {
                normalized[r][u] = (batch[r][u] - mean) / deviations[u];
                batch[r][u] = output(u, normalized[r][u]);
            }
        }
    }

    private double deviation(double[][] batch, int rows, int unit, double mean, boolean follow) {
        double squares = 0;
        for (int r = 0; r < rows; r++) {
            double off = batch[r][unit] - mean;
            squares += off * off;
        }
        if (follow) {
            means.values[unit] += MOMENTUM * (mean - means.values[unit]);
            variances.values[unit] += MOMENTUM * (squares / (rows - 1) - variances.values[unit]);
        }
        return Math.sqrt(squares / rows + EPSILON);
    }

    private static double mean(double[][] values, int rows, int unit) {
        double sum = 0;
        for (int r = 0; r < rows; r++) {
            sum += values[r][unit];
        }
        return sum / rows;
    }

    /**
     * Adds the mean gradient of the last batch, and writes over the errors behind this layer, those of units that are off
     * being 0, the errors before it: the chain rule of section 3 of the paper.
     *
     * @param errors the derivative of each row's loss by each value, by row and unit
     */
    void backward(double[][] errors, int rows) {
        for (int u = 0; u < deviations.length; u++) {
            double alongShift = mean(errors, rows, u);
            double alongScale = 0;
            for (int r = 0; r < rows; r++) {
                alongScale += errors[r][u] * normalized[r][u] / rows;
            }
            shift.gradient[u] += alongShift;
            scale.gradient[u] += alongScale;
            double factor = scale.values[u] / deviations[u];
            for (int r = 0; r < rows; r++) {
                double byBatch = byRunningValues ? 0 : alongShift + normalized[r][u] * alongScale;
                errors[r][u] = factor * (errors[r][u] - byBatch);
            }
        }
    }
}
