package dev.hansa.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.PrivateRun;
import dev.hansa.core.coordinator.PrivacyPlan;
import org.junit.jupiter.api.Test;

class EpsilonCurveTest {
    private static final PrivacyPlan PLAN =
            PrivateRun.spec("{type: central, clip: 1, noise: 2, delta: 1e-5}").privacy().orElseThrow();

    @Test
    void ofFewRoundsItHasEach() {
        EpsilonCurve curve = EpsilonCurve.of(PLAN, 5);
        assertThat(curve.points()).containsOnlyKeys(1, 2, 3, 4, 5);
        assertThat(curve.points().get(3)).isEqualTo(PLAN.epsilon(3));
        assertThat(curve.atMost(0)).isZero();
        assertThat(curve.atMost(6)).isInfinite();
    }

    @Test
    void ofManyItHasSomeAndIsNeverBelowWhatIsSpent() {
        EpsilonCurve curve = EpsilonCurve.of(PLAN, 100);
        assertThat(curve.points()).hasSize(16).containsKeys(1, 100);
        for (int round = 1; round <= 100; round++) {
            assertThat(curve.atMost(round)).isGreaterThanOrEqualTo(PLAN.epsilon(round));
        }
        assertThat(curve.atMost(99)).isEqualTo(curve.atMost(100));
    }
}
