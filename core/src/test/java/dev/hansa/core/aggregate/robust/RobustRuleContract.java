package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.AggregatorContract;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each {@link RobustRule} promises. */
abstract class RobustRuleContract extends AggregatorContract {
    static final int COUNT = 16;
    static final int SIZE = LAYOUT.size();

    /** With room for so many updates that may be anything, of {@link #LAYOUT}. */
    protected abstract RobustRule rule(int f);

    /** The same for f = 1 and updates of that size. */
    protected RobustRule ruleFor(int size) {
        return rule(1);
    }

    @Override
    protected Aggregator aggregator() {
        return rule(0);
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void orderOfTheUpdatesDoesNotMatter(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ArrayVectors updates = ArrayVectors.random(random, COUNT, SIZE);
        double[][] shuffled = updates.values().clone();
        for (int i = 0; i < COUNT; i++) {
            int other = random.nextInt(i + 1);
            double[] update = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = update;
        }

        assertClose(ArrayVectors.of(shuffled).combinedBy(rule(3)), updates.combinedBy(rule(3)), within(1e-12));
    }

    /** So many places that they are cut into slices, of which one ends within a tile. */
    @Test
    void processorsAndBlocksDoNotChangeABit() {
        ArrayVectors updates = ArrayVectors.random(new SplittableRandom(7), 7, 70_001);
        RobustRule rule = ruleFor(updates.size());
        double[] expected = updates.combinedBy(rule);

        for (int blockSize : new int[]{3 * Slice.TILE, 7 * Slice.TILE, 70 * Slice.TILE}) {
            for (int processors : new int[]{1, 3, 8}) {
                ForkJoinPool pool = new ForkJoinPool(processors);
                try {
                    assertThat(pool.submit(() -> updates.withBlocksOf(blockSize).combinedBy(rule)).join())
                            .isEqualTo(expected);
                } finally {
                    pool.shutdown();
                }
            }
        }
    }

    static void assertClose(double[] actual, double[] expected, Offset<Double> tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("place " + i).isCloseTo(expected[i], tolerance);
        }
    }
}
