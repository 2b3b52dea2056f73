package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KrumTest extends RobustLocationContract {

    @Override
    protected RobustRule rule(int f) {
        return new Krum(f);
    }

    /** Of the second and the third, whose scores are the same, the second. */
    @Test
    void theUpdateWithTheNearestNeighboursIsTaken() {
        ArrayVectors updates = ArrayVectors.of(new double[]{0, 5}, new double[]{2, 5}, new double[]{4, 5},
                new double[]{100, 5}, new double[]{6, 5});

        assertThat(new Neighbourhoods(Distances.squared(updates)).scores(1))
                .containsExactly(4 + 16, 4 + 4, 4 + 4, 94 * 94 + 96 * 96, 4 + 16);
        assertThat(updates.combinedBy(rule(1))).containsExactly(2, 5);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theResultIsOneOfTheUpdates(long seed) {
        ArrayVectors updates = ArrayVectors.random(new SplittableRandom(seed), COUNT, SIZE);
        double[] result = updates.combinedBy(rule(3));

        assertThat(Arrays.stream(updates.values()).filter(update -> Arrays.equals(update, result))).hasSize(1);
    }

    @Test
    void itNeedsANeighbourBesideThoseThatMayBeAnything() {
        assertThat(rule(0).leastUpdates()).isEqualTo(3);
        assertThat(rule(4).leastUpdates()).isEqualTo(11);
    }
}
