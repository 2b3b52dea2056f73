package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BulyanTest extends RobustLocationContract {

    @Override
    protected RobustRule rule(int f) {
        return new Bulyan(f);
    }

    /** Chosen are 2; 1, as good as 3; 3; 0, as good as 4 and 8; 4, as good as 8. Their median is 2. */
    @Test
    void ofKrumsChoicesTheMeanAroundTheMedianIsTaken() {
        ArrayVectors updates = ArrayVectors.of(new double[]{0, 7}, new double[]{1, 7}, new double[]{2, 7},
                new double[]{3, 7}, new double[]{4, 7}, new double[]{8, 7}, new double[]{1e6, 7});

        assertThat(new Neighbourhoods(Distances.squared(updates)).bestAmongTheRest(1, 5))
                .containsExactly(2, 1, 3, 0, 4);
        assertThat(updates.combinedBy(rule(1))).containsExactly(2, 7);
    }

    @Test
    void itNeedsThreeHonestOnesForEachThatMayBeAnything() {
        assertThat(rule(0).leastUpdates()).isEqualTo(3);
        assertThat(rule(2).leastUpdates()).isEqualTo(11);
    }
}
