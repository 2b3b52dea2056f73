package dev.hansa.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Offset<Double> EXACT = within(1e-12);

    private static List<Double> five(Schedule schedule) {
        return IntStream.rangeClosed(1, 5).mapToObj(schedule::at).toList();
    }

    @Test
    void stepsHappenEveryFewRounds() {
        assertThat(five(new Schedule.Step(8, 2, 0.5))).containsExactly(8.0, 8.0, 4.0, 4.0, 2.0);
    }

    @Test
    void linesReachTheirEndInTheLastRoundAndStay() {
        assertThat(five(new Schedule.Linear(1, 0.25, 4))).containsExactly(1.0, 0.75, 0.5, 0.25, 0.25);
        assertThat(new Schedule.Linear(1, 0.25, 1).at(1)).isEqualTo(0.25);
    }

    @Test
    void cosinesAreFlatAtBothEnds() {
        Schedule cosine = new Schedule.Cosine(1, 0.5, 5);
        assertThat(cosine.at(1)).isEqualTo(1);
        assertThat(cosine.at(2)).isCloseTo(0.5 + 0.25 * (1 + Math.sqrt(0.5)), EXACT);
        assertThat(cosine.at(3)).isCloseTo(0.75, EXACT);
        assertThat(cosine.at(5)).isCloseTo(0.5, EXACT);
        assertThat(cosine.at(9)).isCloseTo(0.5, EXACT);
    }

    @Test
    void rootsAndConstants() {
        assertThat(new Schedule.InverseRoot(3).at(9)).isEqualTo(1);
        assertThat(five(new Schedule.Constant(0.3))).containsOnly(0.3);
    }

    @Test
    void warmingUpReachesTheRateAfterItsRounds() {
        assertThat(five(new Schedule.WarmUp(3, new Schedule.Constant(4)))).containsExactly(1.0, 2.0, 3.0, 4.0, 4.0);
    }

    @Test
    void ratesArePositiveNumbers() {
        for (double rate : new double[]{0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Constant(rate));
            assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Step(1, 1, rate));
            assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Linear(1, rate, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Cosine(rate, 1, 1));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Step(1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.WarmUp(0, new Schedule.Constant(1)));
    }
}
