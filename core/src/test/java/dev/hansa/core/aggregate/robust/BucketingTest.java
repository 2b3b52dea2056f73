package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Seed;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BucketingTest extends RobustLocationContract {

    /** Buckets of one obey the laws of the other rule; of several not, since it depends on the order who is in which. */
    @Override
    protected RobustRule rule(int f) {
        return new Bucketing(1, new MeanAroundMedian(f), new Seed(5));
    }

    @Override
    protected RobustRule ruleFor(int size) {
        return new Bucketing(2, new Krum(0), new Seed(5));
    }

    @Test
    void theOtherRuleSeesTheMeansOfTheBuckets() {
        ArrayVectors updates = ArrayVectors.of(new double[]{1}, new double[]{3}, new double[]{10}, new double[]{20},
                new double[]{7});
        Buckets buckets = Buckets.of(updates, 2, new int[]{3, 0, 1, 2, 4});

        assertThat(buckets.weights()).containsExactly(2, 2, 1);
        assertThat(new double[]{value(buckets, 0), value(buckets, 1), value(buckets, 2)})
                .containsExactly(10.5, 6.5, 7);
        assertThat(buckets.count()).isEqualTo(3);
    }

    @Test
    void whereTheOtherRuleWeighsSoDoTheBuckets() {
        Buckets buckets = Buckets.of(new ArrayVectors(new double[][]{{1}, {5}}, new double[]{3, 1}, Slice.TILE), 2,
                new int[]{1, 0});

        assertThat(value(buckets, 0)).isEqualTo(2);
        assertThat(buckets.weight(0)).isEqualTo(4);
        assertThat(new Bucketing(2, new GeometricMedian(Weighting.EXAMPLES, 1e-6, 3), new Seed(1)).weighting())
                .isEqualTo(Weighting.EXAMPLES);
    }

    private static double value(Vectors vectors, int vector) {
        double[] value = new double[1];
        vectors.read(vector, 0, 1, value);
        return value[0];
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachUpdateIsInOneBucket(long seed) {
        ArrayVectors updates = ArrayVectors.random(new SplittableRandom(seed), COUNT, SIZE);

        assertClose(updates.combinedBy(new Bucketing(8, new TrimmedMean(0), new Seed(seed))),
                updates.read(Linear.mean(updates, IntStream.range(0, COUNT).toArray())), within(1e-14));
    }

    @Test
    void theSeedDecidesWhoIsInWhich() {
        ArrayVectors updates = ArrayVectors.random(new SplittableRandom(1), COUNT, SIZE);
        double[] one = updates.combinedBy(new Bucketing(2, new CoordinateMedian(), new Seed(1)));

        assertThat(updates.combinedBy(new Bucketing(2, new CoordinateMedian(), new Seed(1)))).isEqualTo(one);
        assertThat(Arrays.equals(updates.combinedBy(new Bucketing(2, new CoordinateMedian(), new Seed(2))), one))
                .isFalse();
    }

    @Test
    void itNeedsAsManyBucketsAsTheOtherRuleNeedsUpdates() {
        assertThat(new Bucketing(3, new Krum(1), new Seed(1)).leastUpdates()).isEqualTo(13);
        assertThatIllegalArgumentException().isThrownBy(() -> new Bucketing(0, new Krum(1), new Seed(1)))
                .withMessage("size is 0, expected at least 1");
    }
}
