package dev.hansa.core.privacy.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.accounting.rdp.Orders;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;
import dev.hansa.core.privacy.accounting.rdp.RdpCurve;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DiscreteGaussianSum;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.Laplace;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.event.SharedNoise;
import dev.hansa.core.privacy.event.SkellamSum;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever names the numbers must neither keep an accountant busy for ever nor have it fall over. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExtremeNumbersTest {
    private static final double DELTA = 1e-5;

    private static double pld(DpEvent event) {
        return new PldAccountant().curve(event, Adjacency.REPLACE_ONE).epsilon(DELTA);
    }

    private static double rdp(DpEvent event, Adjacency adjacency) {
        return new RdpAccountant().curve(event, adjacency).epsilon(DELTA);
    }

    private static DpEvent coins(double noise, double rate, long count) {
        return new SelfComposed(new PoissonSampled(rate, new Gaussian(noise)), count);
    }

    @ParameterizedTest
    @CsvSource({"1e6, 0.5, 4611686014132420609", "1e6, 1e-12, 1000000", "1, 1e-300, 1000000", "5e-4, 0.5, 10",
            "1e300, 0.5, 1000000", "0.125, 0.9999999999999999, 1000000", "0.06, 1e-9, 1000000000000",
            "1e-300, 0.5, 1"})
    void sampledByCoins(double noise, double rate, long count) {
        assertThat(pld(coins(noise, rate, count))).isNotNaN().isNotNegative();
        assertThat(rdp(coins(noise, rate, count), Adjacency.ZERO_OUT)).isNotNaN().isNotNegative();
    }

    @Test
    void rarerChanceAndMoreNoiseNeverCostMore() {
        double usual = pld(coins(1, 1e-3, 1000));

        assertThat(pld(coins(1, 1e-12, 1000))).isLessThan(usual);
        assertThat(pld(coins(1e300, 1e-3, 1000))).isLessThan(usual);
    }

    @Test
    void hardlyAnyNoiseCountsAsIfEverybodyWereDrawn() {
        assertThat(pld(coins(0.01, 0.5, 1))).isEqualTo(pld(new Gaussian(0.01)));
        assertThat(rdp(coins(0.01, 0.5, 1), Adjacency.ZERO_OUT))
                .isEqualTo(rdp(new Gaussian(0.01), Adjacency.ZERO_OUT));
        assertThat(rdp(new FixedSizeSampled(10, 9, new Gaussian(0.001)), Adjacency.REPLACE_ONE))
                .isLessThanOrEqualTo(rdp(new Gaussian(0.001), Adjacency.REPLACE_ONE));
    }

    @Test
    void whatNoGridHoldsHasNoBound() {
        assertThat(pld(coins(1e6, 0.5, Long.MAX_VALUE))).isInfinite();
        assertThat(pld(new Composed(List.of(new Gaussian(1e-9), coins(1, 0.1, 1))))).isInfinite();
        assertThat(pld(new Composed(List.of(new Laplace(1e-300), coins(1, 0.1, 1))))).isInfinite();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.05, 0.5, 1e6, 1e300})
    void cohortsOfFixedSize(double noise) {
        for (DpEvent event : List.of(new FixedSizeSampled(Integer.MAX_VALUE, 1, new Gaussian(noise)),
                new FixedSizeSampled(10, 9, new Gaussian(noise)))) {
            assertThat(rdp(new SelfComposed(event, 10), Adjacency.REPLACE_ONE)).isNotNaN().isNotNegative();
        }
    }

    @ParameterizedTest
    @CsvSource({"2147483647, 1, 0.5, 1e-2", "1, 1, 1, 1e-200", "1, 1, 1, 1e300", "1, 1e300, 1e299, 1e-300"})
    void sharesOfWholeNumbers(int clients, double clip, double deviation, double granularity) {
        SharedNoise noise = new SharedNoise(clients, 4, clip, deviation, granularity, 0);

        for (DpEvent event : List.of(new SkellamSum(noise), new DiscreteGaussianSum(noise))) {
            assertThat(rdp(event, Adjacency.ZERO_OUT)).isNotNaN().isPositive();
        }
    }

    @Test
    void manySharesAreBoundedByFewer() {
        DpEvent few = new DiscreteGaussianSum(new SharedNoise(1000, 4, 1, 2, 1, 0));
        DpEvent many = new DiscreteGaussianSum(new SharedNoise(Integer.MAX_VALUE, 4, 1, 2, 1, 0));

        assertThat(rdp(many, Adjacency.ZERO_OUT)).isLessThan(rdp(few, Adjacency.ZERO_OUT));
    }

    @Test
    void whatIsNoNumberIsNoBound() {
        assertThat(new RdpCurve(Orders.of(2, 3), List.of(Double.NaN, Double.NaN)).epsilon(DELTA)).isInfinite();
        assertThat(new RdpCurve(Orders.of(2, 3), List.of(Double.NaN, 0.1)).epsilon(DELTA)).isFinite();
    }
}
