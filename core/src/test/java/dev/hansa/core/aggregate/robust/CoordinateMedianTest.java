package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoordinateMedianTest extends RobustLocationContract {

    @Override
    protected RobustRule rule(int f) {
        return new CoordinateMedian();
    }

    @Test
    void eachCoordinateHasItsOwnMedian() {
        assertThat(ArrayVectors.of(new double[]{1, 9}, new double[]{2, -5}, new double[]{1e12, 3})
                .combinedBy(rule(1))).containsExactly(2, 3);
    }

    @Test
    void ofAnEvenNumberTheMeanOfTheTwoInTheMiddleCounts() {
        assertThat(ArrayVectors.of(new double[]{1}, new double[]{7}, new double[]{2}, new double[]{-4})
                .combinedBy(rule(1))).containsExactly(1.5);
    }
}
