package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeanAroundMedianTest extends RobustLocationContract {

    @Override
    protected RobustRule rule(int f) {
        return new MeanAroundMedian(f);
    }

    @Test
    void theFarthestFromTheMedianOfEachCoordinateAreLeftOut() {
        assertThat(ArrayVectors.of(new double[]{1, 9}, new double[]{2, -5}, new double[]{6, 3}, new double[]{5, 4},
                new double[]{1e12, 2}).combinedBy(rule(2))).containsExactly(13 / 3.0, 3);
    }

    @Test
    void ofThoseThatAreEquallyFarTheFirstAreKept() {
        double[][] updates = {{5}, {3}, {2}, {3}, {1}}; // of 5 and 1 the former
        assertThat(ArrayVectors.of(updates).combinedBy(rule(1))).containsExactly(13 / 4.0);
        double[][] turned = {{1}, {3}, {2}, {3}, {5}};
        assertThat(ArrayVectors.of(turned).combinedBy(rule(1))).containsExactly(9 / 4.0);
    }

    @Test
    void itNeedsAMajorityOfOthers() {
        assertThat(rule(3).leastUpdates()).isEqualTo(7);
    }
}
