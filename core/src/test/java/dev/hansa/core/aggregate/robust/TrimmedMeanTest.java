package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrimmedMeanTest extends RobustLocationContract {

    @Override
    protected RobustRule rule(int f) {
        return new TrimmedMean(f);
    }

    @Test
    void theSmallestAndTheLargestOfEachCoordinateAreLeftOut() {
        assertThat(ArrayVectors.of(new double[]{1, 9}, new double[]{2, -5}, new double[]{1e12, 3},
                new double[]{5, 4}, new double[]{-1e12, 2}).combinedBy(rule(1)))
                .containsExactly(8 / 3.0, 3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void withNothingLeftOutItIsTheMean(long seed) {
        ArrayVectors updates = ArrayVectors.random(new SplittableRandom(seed), COUNT, SIZE);

        assertClose(updates.combinedBy(rule(0)),
                updates.read(Linear.mean(updates, IntStream.range(0, COUNT).toArray())), within(1e-14));
    }

    @Test
    void itNeedsOneMoreThanItLeavesOut() {
        assertThat(rule(3).leastUpdates()).isEqualTo(7);
        assertThat(rule(Integer.MAX_VALUE).leastUpdates()).isEqualTo(Integer.MAX_VALUE);
        assertThatIllegalArgumentException().isThrownBy(() -> rule(-1))
                .withMessage("f is -1, expected at least 0");
    }
}
