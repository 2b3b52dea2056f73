package dev.hansa.core.learn;

import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Detail;
import java.util.Map;

/** Half the squared error of one output, {@code (z - y)² / 2}, so that its gradient is the error itself. */
final class SquaredError implements Loss {

    @Override
    public void predict(double[] z) {
        // the output is the prediction
    }

    @Override
    public double gradient(double[] z, float target) {
        double error = z[0] - target;
        z[0] = error;
        return 0.5 * error * error;
    }

    @Override
    public Measurement measurement(Detail detail, int outputs) {
        if (!detail.isNone()) {
            throw new IllegalArgumentException("classes are to be counted, and the model predicts a number");
        }
        return new Measurement() {
            private long examples;
            private double squared;
            private double absolute;
            private double label;
            private double labelSquared;

            @Override
            public void add(double[] z, float target) {
                double error = z[0] - target;
                examples++;
                squared += error * error;
                absolute += Math.abs(error);
                label += target;
                labelSquared += (double) target * target;
            }

            @Override
            public Sums sums() {
                return Sums.of(Map.of(Sums.EXAMPLES, (double) examples, Sums.LOSS, squared / 2, Sums.SQUARED_ERROR,
                        squared, Sums.ABSOLUTE_ERROR, absolute, Sums.LABEL, label, Sums.LABEL_SQUARED, labelSquared));
            }
        };
    }
}
