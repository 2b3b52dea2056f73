package dev.hansa.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void classificationHasLossAndAccuracy() {
        Metrics metrics = Metrics.of(Sums.of(Map.of(Sums.EXAMPLES, 8.0, Sums.LOSS, 4.0, Sums.CORRECT, 6.0)));

        assertThat(metrics.only(Set.of()).values())
                .isEqualTo(Map.of("examples", 8.0, "loss", 0.5, "accuracy", 0.75));
    }

    @Test
    void regressionMeasuresInTheLabelsUnit() {
        // labels 1, 2, 3, 6 (mean 3, squared distances from it 14); predictions 2, 2, 5, 6
        Metrics metrics = Metrics.of(Sums.of(Map.of(Sums.EXAMPLES, 4.0, Sums.LOSS, 2.5, Sums.SQUARED_ERROR, 5.0,
                Sums.ABSOLUTE_ERROR, 3.0, Sums.LABEL, 12.0, Sums.LABEL_SQUARED, 50.0)));

        assertThat(metrics.get(Metrics.RMSE)).hasValue(Math.sqrt(1.25));
        assertThat(metrics.get(Metrics.MAE)).hasValue(0.75);
        assertThat(metrics.get(Metrics.R2)).hasValue(1 - 5.0 / 14);
        assertThat(metrics.get(Metrics.ACCURACY)).isEmpty();
    }

    @Test
    void labelsThatAreAllTheSameHaveNoR2() {
        double label = 0.1;
        Metrics metrics = Metrics.of(Sums.of(Map.of(Sums.EXAMPLES, 10.0, Sums.SQUARED_ERROR, 5.0, Sums.LABEL,
                10 * label, Sums.LABEL_SQUARED, 10 * label * label + 1e-17)));

        assertThat(metrics.get(Metrics.R2)).isEmpty();
    }

    @Test
    void withoutExamplesNothingIsMeasured() {
        assertThat(Metrics.of(Sums.NONE)).isEqualTo(Metrics.NONE);
        assertThat(Metrics.of(Sums.of(Map.of(Sums.EXAMPLES, 0.0, Sums.LOSS, 0.0)))).isEqualTo(Metrics.NONE);
    }

    @Test
    void sumsAddUpNameByName() {
        Sums sums = Sums.of(Map.of("a", 1.0, "b", 2.0)).plus(Sums.of(Map.of("b", 3.0, "c", 4.0)));

        assertThat(sums).isEqualTo(Sums.of(Map.of("a", 1.0, "b", 5.0, "c", 4.0)));
        assertThat(sums.plus(Sums.NONE)).isEqualTo(sums);
        assertThat(sums.get("none")).isZero();
        assertThat(sums.isFinite()).isTrue();
        assertThat(Sums.of(Map.of("a", Double.NaN)).isFinite()).isFalse();
    }

    @Test
    void errorsAreBetterSmallAndScoresBetterLarge() {
        assertThat(Metrics.smallerIsBetter(Metrics.RMSE)).isTrue();
        assertThat(Metrics.smallerIsBetter(Metrics.ACCURACY)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Metrics.smallerIsBetter("recall"));
    }
}
