package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Detail;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
    private final CrossEntropy loss = new CrossEntropy();

    @Test
    void largeOutputsDoNotOverflow() {
        double[] z = {1000, 0, -1000};

        assertThat(loss.gradient(z, 1)).isEqualTo(1000);
        assertThat(z).containsExactly(1, -1, 0);
    }

    @Test
    void probabilitiesAreThoseOfTheFormula() {
        double[] z = {Math.log(1), Math.log(2), Math.log(5)};

        loss.predict(z);

        assertThat(z).containsExactly(new double[]{0.125, 0.25, 0.625}, within(1e-15));
    }

    @Test
    void firstOfTheLargestIsTheGuess() {
        Loss.Measurement measurement = loss.measurement(Detail.NONE, 2);

        measurement.add(new double[]{1, 1, 0}, 0);
        measurement.add(new double[]{1, 1, 0}, 1);

        assertThat(measurement.sums().get(Sums.CORRECT)).isEqualTo(1);
        assertThat(measurement.sums().get(Sums.EXAMPLES)).isEqualTo(2);
    }

    @Test
    void measuringNothingGivesZeros() {
        assertThat(loss.measurement(Detail.NONE, 2).sums())
                .isEqualTo(Sums.of(Map.of(Sums.EXAMPLES, 0.0, Sums.LOSS, 0.0, Sums.CORRECT, 0.0)));
    }
}
