package dev.hansa.core.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.UnusableUpdateException;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.noise.GranularGaussian;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.privacy.noise.SeededBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrivateMeanTest {
    private static final int SIZE = 100_000;
    private static final Layout LAYOUT = Layout.of(new TensorShape("weight", List.of(SIZE)));

    private static Parameters mean(double noise, double expected, float[]... updates) {
        Aggregator.Accumulator sum =
                new PrivateMean(2, noise, OptionalDouble.empty(), expected, random()).start(LAYOUT);
        for (float[] values : updates) {
            sum.add(update(values));
        }
        Aggregate aggregate = sum.finish();
        assertThat(aggregate.weight()).isEqualTo(expected);
        assertThat(aggregate.sums()).isEqualTo(Sums.NONE);
        return Parameters.load(aggregate.mean());
    }

    private static RandomBytes random() {
        return new SeededBytes(new Seed(1));
    }

    private static ModelUpdate update(float... values) {
        return new ModelUpdate(Parameters.of(LAYOUT, values), 1, Sums.NONE);
    }

    private static float[] spike(int place, float height) {
        float[] values = new float[SIZE];
        values[place] = height;
        return values;
    }

    private static double[] difference(Parameters one, Parameters other) {
        double[] difference = new double[SIZE];
        one.read((offset, values, from, length) -> {
            for (int i = 0; i < length; i++) {
                difference[offset + i] += values[from + i];
            }
        });
        other.read((offset, values, from, length) -> {
            for (int i = 0; i < length; i++) {
                difference[offset + i] -= values[from + i];
            }
        });
        return difference;
    }

    @Test
    void noUpdateMovesTheSumFurtherThanTheClip() {
        double[] moved = difference(mean(1, 4, spike(3, 1000)), mean(1, 4));
        assertThat(moved[3]).isCloseTo(2.0 / 4, within(1e-6));
        moved[3] = 0;
        assertThat(moved).containsOnly(0);
    }

    /** Bits of the updates below the noise's granularity would be in the sum as they are. */
    @Test
    void whatIsReleasedIsOnTheGridOfItsNoiseWhateverTheUpdatesAre() {
        float[] update = new float[SIZE];
        Arrays.fill(update, 1e-7f / 3);

        double grain = GranularGaussian.of(1, 2, SIZE).grain();
        for (float value : mean(1, 1, update, update).toArray()) {
            assertThat(value / grain).isEqualTo(Math.rint(value / grain));
        }
    }

    @Test
    void shortUpdatesCountAsTheyAre() {
        double[] moved = difference(mean(1, 4, spike(3, 1), spike(7, -0.5f)), mean(1, 4));
        assertThat(moved[3]).isCloseTo(0.25, within(1e-6));
        assertThat(moved[7]).isCloseTo(-0.125, within(1e-6));
    }

    /** How many answered is divided by nowhere. */
    @Test
    void theNoiseDoesNotDependOnWhoAnswered() {
        double[] noise = difference(mean(1.5, 10), Parameters.zeros(LAYOUT));
        double square = 0;
        for (double value : noise) {
            square += value * value / SIZE;
        }
        assertThat(Math.sqrt(square)).isCloseTo(1.5 * 2 / 10, within(4 * 0.3 / Math.sqrt(2.0 * SIZE)));
        assertThat(difference(mean(1.5, 10, spike(0, 0), spike(0, 0)), mean(1.5, 10))).containsOnly(0);
    }

    @Test
    void theOrderOfUpdatesMakesNoDifference() {
        SplittableRandom random = new SplittableRandom(2);
        float[][] updates = new float[5][SIZE];
        for (float[] update : updates) {
            for (int i = 0; i < SIZE; i++) {
                update[i] = (float) random.nextDouble(-1, 1);
            }
        }
        assertThat(mean(0.7, 3, updates[0], updates[1], updates[2], updates[3], updates[4]))
                .isEqualTo(mean(0.7, 3, updates[4], updates[2], updates[0], updates[3], updates[1]));
    }

    @Test
    void withoutNoiseOfItsOwnItAddsUpWhatIsNoisedAlready() {
        assertThat(difference(mean(0, 2, spike(1, 1000), spike(1, 500)), Parameters.zeros(LAYOUT))[1])
                .isEqualTo(750);
    }

    @Test
    void howManyWereWithinTheClipHasNoiseOfItsOwn() {
        PrivateMean rule = new PrivateMean(2, 1, OptionalDouble.of(3), 4, random());
        Aggregator.Accumulator without = rule.start(LAYOUT);
        Aggregator.Accumulator with = new PrivateMean(2, 1, OptionalDouble.of(3), 4, random()).start(LAYOUT);
        with.add(new ModelUpdate(Parameters.zeros(LAYOUT), 1, Sums.of(Map.of(Sums.WITHIN_CLIP, 0.5))));
        with.add(new ModelUpdate(Parameters.zeros(LAYOUT), 1, Sums.of(Map.of(Sums.WITHIN_CLIP, 0.5))));
        double noise = without.finish().sums().get(Sums.WITHIN_CLIP);
        assertThat(noise).isNotZero().isBetween(-15.0, 15.0);
        assertThat(with.finish().sums().get(Sums.WITHIN_CLIP)).isCloseTo(noise + 1, within(1e-6));
    }

    @Test
    void whatIsNotFiniteIsNotCounted() {
        Aggregator.Accumulator sum = new PrivateMean(2, 1, OptionalDouble.empty(), 4, random()).start(LAYOUT);
        assertThatThrownBy(() -> sum.add(update(spike(5, Float.NaN)))).isInstanceOf(UnusableUpdateException.class);
        assertThat(sum.clients()).isZero();
        assertThat(difference(Parameters.load(sum.finish().mean()), mean(1, 4))).containsOnly(0);
    }
}
