package dev.hansa.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FairMeanTest extends AggregatorContract {

    @Override
    protected Aggregator aggregator() {
        return new FairMean(0.5, OptionalDouble.of(2));
    }

    private static ModelUpdate update(double rows, double loss, float value) {
        return new ModelUpdate(Parameters.of(LAYOUT, value, 0, 0), rows,
                Sums.of(Map.of(Sums.EXAMPLES, rows, Sums.START_LOSS, loss)));
    }

    /** F = 4 and 1, q = 2, L = 1: (16 · 1 + 1 · 3) / (2 · 4 · 1 + 16 + 2 · 1 · 9 + 1) = 19 / 43. */
    @Test
    void whoFaresBadlyCountsMore() {
        Aggregator.Accumulator updates = new FairMean(2, OptionalDouble.of(1)).start(LAYOUT);
        updates.add(update(5, 20, 1));
        updates.add(update(2, 2, 3));

        assertThat(Parameters.load(updates.finish().mean()).get(0)).isCloseTo(19f / 43, within(1e-7f));
    }

    @Test
    void whoHasNoLossAtAllIsNoDivisionByZero() {
        Aggregator.Accumulator updates = new FairMean(0.5, OptionalDouble.of(1)).start(LAYOUT);
        updates.add(update(1, 0, 1));

        assertThat(Parameters.load(updates.finish().mean()).isFinite()).isTrue();
    }

    @Test
    void whoDoesNotTellTheLossIsNotCounted() {
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);

        assertThatExceptionOfType(UnusableUpdateException.class).isThrownBy(() -> updates
                .add(new ModelUpdate(Parameters.of(LAYOUT, 1, 1, 1), 1, Sums.NONE)));
    }

    @Test
    void whoTellsALossBeyondAllMeasureIsNotCounted() {
        Aggregator.Accumulator updates = new FairMean(2, OptionalDouble.of(1)).start(LAYOUT);

        assertThatExceptionOfType(UnusableUpdateException.class).isThrownBy(() -> updates.add(update(1, 1e300, 1)));
        updates.add(update(1, 1, 1));
        assertThat(Parameters.load(updates.finish().mean()).isFinite()).isTrue();
    }

    @Test
    void lipschitzIsOneOverTheRateUnlessItIsSaid() {
        Aggregator.Round round = new Aggregator.Round(1, new LocalTraining(1, 5, 0.25, 0, 0, true), Optional.empty());

        assertThat(new FairMean(1, OptionalDouble.empty()).in(round)).isEqualTo(new FairMean(1, OptionalDouble.of(4)));
        assertThat(new FairMean(1, OptionalDouble.of(7)).in(round)).isEqualTo(new FairMean(1, OptionalDouble.of(7)));
    }

    @Test
    void numbersAreInTheirRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FairMean(-1, OptionalDouble.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new FairMean(1, OptionalDouble.of(0)));
    }
}
