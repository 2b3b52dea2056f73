package dev.hansa.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AxisTest {

    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(axis::label).toList();
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(labels(Axis.even(4.463, 5.683, 5))).containsExactly("4.0", "4.5", "5.0", "5.5", "6.0");
        assertThat(labels(Axis.even(0, 14.12, 5))).containsExactly("0", "5", "10", "15");
        assertThat(labels(Axis.even(-0.2, 0.7, 5))).containsExactly("-0.2", "0.0", "0.2", "0.4", "0.6", "0.8");
    }

    @Test
    void roundsBeginAtTheFirst() {
        assertThat(labels(Axis.counting(1, 50, 8))).containsExactly("1", "10", "20", "30", "40", "50");
        assertThat(labels(Axis.counting(1, 3, 8))).containsExactly("1", "2", "3");
        assertThat(labels(Axis.counting(1, 1, 8))).containsExactly("1", "2");
    }

    @Test
    void farRangesAreLogarithmic() {
        Axis axis = Axis.fitting(0.013, 3.2, 6);
        assertThat(axis.logarithmic()).isTrue();
        assertThat(labels(axis)).containsExactly("0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5");
        assertThat(axis.position(0.01)).isZero();
        assertThat(axis.position(5)).isEqualTo(1);
        assertThat(Axis.fitting(0, 3.2, 6).logarithmic()).isFalse();
    }

    @Test
    void everyRangeIsCoveredByFewTicks() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 5000; i++) {
            double scale = Math.pow(10, random.nextInt(-7, 9));
            double least = (random.nextDouble() - 0.3) * scale;
            double greatest = i % 10 == 0 ? least : least + random.nextDouble() * scale;
            Axis axis = Axis.fitting(least, greatest, 6);
            assertThat(axis.position(least)).isBetween(-1e-6, 1.0);
            assertThat(axis.position(greatest)).isBetween(0.0, 1 + 1e-6);
            assertThat(axis.ticks()).hasSizeBetween(2, 40).isSorted();
        }
    }
}
