package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.Preprocessing.Scale;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Sums;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelUnitsTest {

    @Test
    void metricsOfStandardisedSumsAreThoseOfTheRawLabels() {
        SplittableRandom random = new SplittableRandom(1);
        Scale scale = new Scale(230_000, 9_000);
        int rows = 50;
        double[] standard = new double[4];
        double[] raw = new double[4];
        for (int row = 0; row < rows; row++) {
            double label = 6 * random.nextDouble() - 3;
            double prediction = label + random.nextDouble() - 0.5;
            add(standard, label, prediction);
            add(raw, scale.invert(label), scale.invert(prediction));
        }

        Metrics metrics = Metrics.of(LabelUnits.of(scale, sums(rows, standard)));

        Metrics direct = Metrics.of(sums(rows, raw));
        for (String metric : new String[]{Metrics.RMSE, Metrics.MAE, Metrics.R2}) {
            double expected = direct.get(metric).orElseThrow();
            assertThat(metrics.get(metric).orElseThrow()).as(metric).isCloseTo(expected, within(1e-9 * expected));
        }
        assertThat(metrics.get(Metrics.LOSS)).as("stays in the model's unit").hasValue(standard[0] / 2 / rows);
    }

    private static void add(double[] sums, double label, double prediction) {
        sums[0] += Math.pow(prediction - label, 2);
        sums[1] += Math.abs(prediction - label);
        sums[2] += label;
        sums[3] += label * label;
    }

    private static Sums sums(int rows, double[] sums) {
        return Sums.of(Map.of(Sums.EXAMPLES, (double) rows, Sums.LOSS, sums[0] / 2, Sums.SQUARED_ERROR, sums[0],
                Sums.ABSOLUTE_ERROR, sums[1], Sums.LABEL, sums[2], Sums.LABEL_SQUARED, sums[3]));
    }

    @Test
    void classesHaveNoUnit() {
        Sums sums = Sums.of(Map.of(Sums.EXAMPLES, 3.0, Sums.LOSS, 1.5, Sums.CORRECT, 2.0));

        assertThat(LabelUnits.of(Scale.IDENTITY, sums)).isEqualTo(sums);
        assertThat(LabelUnits.of(new Scale(5, 2), sums)).isEqualTo(sums);
    }
}
