package dev.hansa.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final SplittableRandom random = new SplittableRandom(1);
    private final Pace pace = new Pace(WAIT, random::nextDouble);

    @Test
    void aSmallFleetAsksAtOnce() {
        assertThat(pace.pause(240, false)).isZero();
    }

    @Test
    void whileARunGoesOnAllAskAtOnce() {
        assertThat(pace.pause(5_000, true)).isZero();
    }

    @Test
    void aLargeFleetIsSpreadEvenlyOverTheLongestPause() {
        long total = 0;
        for (int i = 0; i < 1_000; i++) {
            Duration pause = pace.pause(5_000, false);
            assertThat(pause).isBetween(Duration.ofSeconds(65), Duration.ofSeconds(130));
            total += pause.toMillis();
        }
        assertThat(total / 1_000).isBetween(96_000L, 99_000L);
    }

    @Test
    void aFleetInBetweenAsksEightTimesASecond() {
        long total = 0;
        for (int i = 0; i < 1_000; i++) {
            total += WAIT.plus(pace.pause(450, false)).toMillis();
        }
        assertThat(total / 1_000).isBetween(55_000L, 57_500L);
    }
}
