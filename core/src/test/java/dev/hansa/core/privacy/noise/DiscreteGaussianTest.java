package dev.hansa.core.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Seed;
import java.math.BigDecimal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreteGaussianTest {
    private static final int DRAWS = 2_000_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 1, 2, 3.7, 7.99, 8, 10, 100, 1000.5})
    void hasTheDistribution(double s) {
        DiscreteGaussian sampler = new DiscreteGaussian(s);
        RandomBytes random = new SeededBytes(new Seed(1));
        ChiSquared.check(() -> sampler.next(random), probabilities(s), DRAWS);
    }

    private static double[] probabilities(double s) {
        int n = (int) Math.ceil(8 * s);
        double[] bell = new double[2 * n + 1];
        double sum = 0;
        for (int x = -n; x <= n; x++) {
            bell[x + n] = Math.exp(-x / s * (x / s) / 2);
            sum += bell[x + n];
        }
        for (int i = 0; i < bell.length; i++) {
            bell[i] /= sum;
        }
        return bell;
    }

    /** Of a wide bell: bins of a quarter of s, beside the integral of the continuous one, which is as near as it matters. */
    @ParameterizedTest
    @ValueSource(doubles = {0x1p20, 0x1.8p30, 0x1p40})
    void hasTheDistributionWhereItIsWide(double s) {
        DiscreteGaussian sampler = new DiscreteGaussian(s);
        RandomBytes random = new SeededBytes(new Seed(2));
        int n = 20;
        double[] probabilities = new double[2 * n + 1];
        for (int bin = -n; bin <= n; bin++) {
            double from = (bin - 0.5) / 4;
            for (int i = 0; i < 1000; i++) {
                double x = from + (i + 0.5) / 4000;
                probabilities[bin + n] += Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) / 4000;
            }
        }
        ChiSquared.check(() -> Math.round(sampler.next(random) / (s / 4)), probabilities, DRAWS);
    }

    @Test
    void drawsEveryIntegerNearZeroOfAWideBellToo() {
        DiscreteGaussian sampler = new DiscreteGaussian(0x1p20);
        RandomBytes random = new SeededBytes(new Seed(3));
        int[] lowBits = new int[16];
        for (int i = 0; i < 160_000; i++) {
            lowBits[(int) (sampler.next(random) & 15)]++;
        }
        assertThat(IntStream.of(lowBits)).allMatch(count -> count > 9_600 && count < 10_400); // four deviations of 97
    }

    @Test
    void drawsNothingElseWhereItIsNarrow() {
        for (double s : new double[]{0x1p-500, 1e-20}) {
            DiscreteGaussian sampler = new DiscreteGaussian(s);
            RandomBytes random = new SeededBytes(new Seed(4));
            assertThat(IntStream.range(0, 100).mapToLong(draw -> sampler.next(random))).containsOnly(0L);
        }
    }

    @Test
    void ratiosToManyDigitsAreThoseInDoublePrecision() {
        for (long x : new long[]{0, 1, 77, 1000, 1299}) {
            double expected = Math.exp(-(x / 100.0) * (x / 100.0) / 2) * 3e17 / 4e17;
            assertThat(new ExactRatio(100, x, 3e17, 400_000_000_000_000_000L).value(200).doubleValue())
                    .isCloseTo(expected, within(1e-13 * expected));
        }
    }

    /** exp(-1/2) is 0.6065306597126334236…: with its first bits drawn, those behind them decide. */
    @Test
    void moreBitsDecideWhereTheFirstLeaveItOpen() {
        ExactRatio ratio = new ExactRatio(1, 1, 1, 1);
        long same = ratio.value(200).multiply(BigDecimal.valueOf(1L << 40)).longValue();
        assertThat(ratio.isAbove(same - 1, 40, KnownBytes.of(-1L))).isTrue();
        assertThat(ratio.isAbove(same + 1, 40, KnownBytes.of(0L))).isFalse();
        assertThat(ratio.isAbove(same, 40, KnownBytes.of(0L))).isTrue();
        assertThat(ratio.isAbove(same, 40, KnownBytes.of(-1L))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-300, 0x1p41, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoParameter(double s) {
        assertThatThrownBy(() -> new DiscreteGaussian(s)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s is " + s);
    }
}
