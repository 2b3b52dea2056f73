package dev.hansa.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizedMeanTest extends AggregatorContract {
    private static final Aggregator MEAN = new NormalizedMean(Weighting.EXAMPLES);

    @Override
    protected Aggregator aggregator() {
        return MEAN;
    }

    private static ModelUpdate update(double weight, double steps, float value) {
        return new ModelUpdate(Parameters.of(LAYOUT, value, 0, 0), weight,
                Sums.of(Map.of(Sums.EXAMPLES, weight, Sums.STEPS, steps)));
    }

    /** p = ¼ and ¾, 2 and 6 steps: 5 · (¼ · 4 / 2 + ¾ · 6 / 6) = 6.25. */
    @Test
    void updatesCountByTheirStep() {
        Aggregator.Accumulator updates = MEAN.start(LAYOUT);
        updates.add(update(1, 2, 4));
        updates.add(update(3, 6, 6));

        assertThat(Parameters.load(updates.finish().mean()).get(0)).isEqualTo(6.25f);
    }

    /** Against the sums of Wang et al., section 3, term by term. */
    @ParameterizedTest
    @CsvSource({"0, 0, 7, 7", "0.5, 0, 3, 4.25", "0, 0.1, 3, 2.71", "0.9, 0, 1, 1"})
    void howFarStepsGo(double momentum, double pull, int steps, double norm) {
        assertThat(new NormalizedMean(Weighting.UNIFORM, momentum, pull).norm(steps)).isCloseTo(norm, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.05", "0.9, 0.1", "0, 0.003", "0.99, 0"})
    void manyStepsGoAsFarAsOneByOne(double momentum, double pull) {
        double velocity = 0;
        double gone = 0;
        for (int step = 1; step <= 1_000; step++) {
            velocity = momentum * velocity + 1 - pull * gone;
            gone += velocity;
            assertThat(new NormalizedMean(Weighting.UNIFORM, momentum, pull).norm(step))
                    .isCloseTo(gone, within(1e-10 * gone));
        }
    }

    @Test
    void stepsThatWereNeverMadeCostNothing() {
        assertThat(new NormalizedMean(Weighting.UNIFORM, 0, 0.1).norm(1e18)).isCloseTo(10, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 2.5, Double.NaN, Double.POSITIVE_INFINITY, 1e30})
    void whoDoesNotTellTheStepsIsNotCounted(double steps) {
        Aggregator.Accumulator updates = MEAN.start(LAYOUT);

        assertThatExceptionOfType(UnusableUpdateException.class).isThrownBy(() -> updates.add(update(1, steps, 1)));
        assertThat(updates.clients()).isZero();
    }

    @Test
    void theTrainingOfTheRoundDecides() {
        LocalTraining training = new LocalTraining(1, 5, 0.2, 0.5, 0.1, false).withProximalMu(0.3);

        assertThat(MEAN.in(new Aggregator.Round(3, training, Optional.empty())))
                .isEqualTo(new NormalizedMean(Weighting.EXAMPLES, 0.5, 0.2 * (0.1 + 0.3)));
    }
}
