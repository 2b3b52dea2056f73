package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of a rule that tells where the honest updates lie. */
abstract class RobustLocationContract extends RobustRuleContract {

    @ParameterizedTest
    @MethodSource("seeds")
    void movedUpdatesGiveAMovedResult(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ArrayVectors updates = ArrayVectors.random(random, COUNT, SIZE);
        double[] by = ArrayVectors.random(random, 1, SIZE).values()[0];
        ArrayVectors moved = ArrayVectors.of(
                Arrays.stream(updates.values()).map(update -> sum(update, by)).toArray(double[][]::new));

        assertClose(moved.combinedBy(rule(3)), sum(updates.combinedBy(rule(3)), by), within(1e-11));
    }

    /** It does not leave the smallest box around the honest ones. */
    @ParameterizedTest
    @MethodSource("seeds")
    void updatesThatAreAnythingAreOutvoted(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int f = 1 + random.nextInt(3);
        ArrayVectors updates = ArrayVectors.random(random, COUNT, SIZE);
        for (int bad = 0; bad < f; bad++) {
            Arrays.setAll(updates.values()[bad], place -> random.nextBoolean() ? 1e12 : -1e12);
        }
        double[] result = updates.combinedBy(rule(f));

        for (int place = 0; place < SIZE; place++) {
            int at = place;
            double[] honest = Arrays.stream(updates.values()).skip(f).mapToDouble(update -> update[at]).sorted()
                    .toArray();
            assertThat(result[place]).isBetween(honest[0] - 1e-9, honest[honest.length - 1] + 1e-9);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatAllAgreeOnIsTheResult(long seed) {
        double[] update = ArrayVectors.random(new SplittableRandom(seed), 1, SIZE).values()[0];
        double[][] all = IntStream.range(0, COUNT).mapToObj(client -> update).toArray(double[][]::new);

        assertClose(ArrayVectors.of(all).combinedBy(rule(3)), update, within(1e-12));
    }

    private static double[] sum(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
    }
}
