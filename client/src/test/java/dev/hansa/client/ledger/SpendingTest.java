package dev.hansa.client.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.privacy.accounting.GaussianCurve;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpendingTest {
    private static final double DELTA = 1e-5;
    private static final DpEvent COINS = new SelfComposed(new PoissonSampled(0.1, new Gaussian(1)), 20);
    private static final DpEvent FIXED = new SelfComposed(new FixedSizeSampled(100, 10, new Gaussian(1)), 20);

    private static double epsilon(DpEvent... events) {
        Spending spending = Spending.none();
        for (DpEvent event : events) {
            spending = spending.plus(event);
        }
        return spending.epsilon(DELTA);
    }

    @Test
    void nothingCostsNothing() {
        assertThat(epsilon()).isZero();
        assertThat(epsilon(new Composed(List.of()))).isZero();
    }

    @Test
    void gaussianNoiseAddsUpExactly() {
        assertThat(epsilon(new Gaussian(2), new SelfComposed(new Gaussian(2), 3)))
                .isCloseTo(new GaussianCurve(1).epsilon(DELTA), within(1e-12));
    }

    @Test
    void whatIsToldWithoutNoiseHasNoBound() {
        assertThat(epsilon(new Gaussian(100), new NonPrivate(), new Gaussian(100))).isInfinite();
    }

    @Test
    void chanceIsCountedByTheAccountantThatKnowsIt() {
        assertThat(epsilon(COINS)).isEqualTo(
                new PldAccountant().curve(COINS, Adjacency.REPLACE_ONE).epsilon(DELTA));
        assertThat(epsilon(FIXED)).isEqualTo(
                new RdpAccountant().curve(FIXED, Adjacency.REPLACE_ONE).epsilon(DELTA));
    }

    @Test
    void whatNoAccountantKnowsTogetherAddsUpWithHalfOfDeltaEach() {
        double coins = new PldAccountant().curve(COINS, Adjacency.REPLACE_ONE).epsilon(DELTA / 2);
        double fixed = new RdpAccountant().curve(FIXED, Adjacency.REPLACE_ONE).epsilon(DELTA / 2);
        assertThat(epsilon(COINS, FIXED)).isEqualTo(coins + fixed);
        assertThat(epsilon(FIXED, new Gaussian(3))).as("rdp knows both")
                .isEqualTo(new RdpAccountant()
                        .curve(new Composed(List.of(FIXED, new Gaussian(3))), Adjacency.REPLACE_ONE).epsilon(DELTA));
    }
}
