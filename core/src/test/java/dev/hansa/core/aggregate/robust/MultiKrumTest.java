package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MultiKrumTest extends RobustLocationContract {

    @Override
    protected RobustRule rule(int f) {
        return new MultiKrum(f);
    }

    /** Scores of two neighbours each: 1 + 9, 1 + 4, 4 + 9, 16 + 36, … */
    @Test
    void theMeanOfTheBestIsTaken() {
        ArrayVectors updates = ArrayVectors.of(new double[]{0}, new double[]{1}, new double[]{3}, new double[]{7},
                new double[]{1000});

        assertThat(updates.combinedBy(rule(1))).containsExactly(0.5);
        assertThat(updates.combinedBy(new MultiKrum(1, OptionalInt.of(1)))).containsExactly(1);
        assertThat(updates.combinedBy(new MultiKrum(1, OptionalInt.of(4)))).containsExactly(2.75);
    }

    @Test
    void itNeedsThoseThatItChoosesBesideThoseThatMayBeAnything() {
        assertThat(rule(2).leastUpdates()).isEqualTo(7);
        assertThat(new MultiKrum(2, OptionalInt.of(9)).leastUpdates()).isEqualTo(11);
        assertThatIllegalArgumentException().isThrownBy(() -> new MultiKrum(2, OptionalInt.of(0)))
                .withMessage("m is 0, expected at least 1");
    }
}
