package dev.hansa.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WeightedMeanTest extends AggregatorContract {

    @Override
    protected Aggregator aggregator() {
        return new WeightedMean(Weighting.EXAMPLES);
    }

    @Test
    void eachUpdateCountsByItsExamples() {
        Aggregate aggregate = aggregate(Weighting.EXAMPLES);

        assertThat(aggregate.weight()).isEqualTo(4);
        assertThat(Parameters.load(aggregate.mean())).isEqualTo(Parameters.of(LAYOUT, 3.25f, -1, 2));
    }

    @Test
    void eachUpdateCountsTheSame() {
        Aggregate aggregate = aggregate(Weighting.UNIFORM);

        assertThat(aggregate.weight()).isEqualTo(2);
        assertThat(Parameters.load(aggregate.mean())).isEqualTo(Parameters.of(LAYOUT, 2.5f, 0, 4));
    }

    private static Aggregate aggregate(Weighting weighting) {
        Aggregator.Accumulator updates = new WeightedMean(weighting).start(LAYOUT);
        updates.add(update(1, 1, 2, 8));
        updates.add(update(3, 4, -2, 0));
        return updates.finish();
    }

    @Test
    void smallUpdatesAreNotLostBesideLargeOnes() {
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);
        updates.add(update(1, 1 << 24, 0, 0));
        for (int client = 0; client < 63; client++) {
            updates.add(update(1, 0.5f, 0, 0)); // a float sum would stay at 2^24
        }

        assertThat(Parameters.load(updates.finish().mean()).get(0)).isEqualTo((float) (((1 << 24) + 31.5) / 64));
    }

    @Test
    void meanOfTheLargestUpdatesOverflowsNowhere() {
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);
        for (int client = 0; client < 9; client++) {
            updates.add(update(Integer.MAX_VALUE - client, Float.MAX_VALUE, -Float.MAX_VALUE, 3e38f));
        }

        assertThat(Parameters.load(updates.finish().mean()))
                .isEqualTo(Parameters.of(LAYOUT, Float.MAX_VALUE, -Float.MAX_VALUE, 3e38f));
    }

    @Test
    void updateIsReadBlockByBlockAndCheckedBeforeTheFirstValueCounts() {
        ParameterSource blocks = new ParameterSource() {
            @Override
            public Layout layout() {
                return LAYOUT;
            }

            @Override
            public void read(BlockReader reader) {
                reader.accept(0, new float[]{9, 1, 2}, 1, 2);
                reader.accept(2, new float[]{3, 9}, 0, 1);
            }
        };
        Aggregator.Accumulator updates = aggregator().start(LAYOUT);
        updates.add(new ModelUpdate(blocks, 2, Sums.NONE));

        assertThat(Parameters.load(updates.finish().mean())).isEqualTo(Parameters.of(LAYOUT, 1, 2, 3));
    }

    /** So many values that several processors share the work. */
    private static final Layout LARGE = Layout.of(TensorShape.of("weight", (1 << 18) + 5));

    private static ModelUpdate large(double weight, float[] values) {
        return new ModelUpdate(Parameters.of(LARGE, values), weight, Sums.NONE);
    }

    @Test
    void manyValuesAreAddedByManyProcessorsToTheSameMean() {
        float[] first = random(1);
        float[] second = random(2);
        Aggregator.Accumulator updates = aggregator().start(LARGE);
        updates.add(large(3, first));
        updates.add(large(4, second));

        Parameters mean = Parameters.load(updates.finish().mean());

        for (int i = 0; i < LARGE.size(); i++) {
            assertThat(mean.get(i)).isEqualTo((float) ((3.0 * first[i] + 4.0 * second[i]) / 7));
        }
    }

    @Test
    void theFirstOfManyValuesThatIsNotFiniteIsNamed() {
        float[] values = random(3);
        values[(1 << 18) + 4] = Float.NaN;
        values[77_777] = Float.NEGATIVE_INFINITY;
        Aggregator.Accumulator updates = aggregator().start(LARGE);

        assertThatExceptionOfType(UnusableUpdateException.class).isThrownBy(() -> updates.add(large(1, values)))
                .withMessageContaining("its value 77777 is -Infinity");
    }

    @Test
    void whatHasToBeFetchedIsFetchedOnceHoweverManyShareTheWork() {
        AtomicInteger reads = new AtomicInteger();
        ParameterSource fetched = new ParameterSource() {
            @Override
            public Layout layout() {
                return LARGE;
            }

            @Override
            public void read(BlockReader reader) {
                reads.incrementAndGet();
                reader.accept(0, new float[LARGE.size()], 0, LARGE.size());
            }
        };

        aggregator().start(LARGE).add(new ModelUpdate(fetched, 1, Sums.NONE));

        assertThat(reads).hasValue(1);
    }

    @Test
    void ofMoreTensorsThanAnyoneReadsTheFirstAreShown() {
        Layout other = Layout.of(TensorShape.of("x".repeat(5_000), 3));

        assertThatExceptionOfType(UnusableUpdateException.class)
                .isThrownBy(
                        () -> aggregator().start(LAYOUT).add(new ModelUpdate(Parameters.zeros(other), 1, Sums.NONE)))
                .withMessageContaining("xxx…, expected " + LAYOUT).satisfies(
                        problem -> assertThat(problem.getMessage()).hasSizeLessThan(1_000));
    }

    private static float[] random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[LARGE.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    @Test
    void updateWithoutWeightCannotBeMade() {
        for (double weight : new double[]{0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> update(weight, 1, 1, 1));
        }
    }
}
