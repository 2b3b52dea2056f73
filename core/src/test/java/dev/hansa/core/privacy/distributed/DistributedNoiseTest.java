package dev.hansa.core.privacy.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.event.SharedNoise;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.privacy.noise.SeededBytes;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributedNoiseTest {
    private static final RandomBytes RANDOM = new SeededBytes(new Seed(1));

    @Test
    void transformsAsOthersDo() {
        double[] vector = {0.5, -1.25, 3, 0, 2, -2, 0.75, 1};
        Rotation rotation = new Rotation(false, true, true, false, false, false, true, true);
        rotation.apply(vector);
        double[] expected = {-1.0606601717798212, 0.17677669529663687, 2.2980970388562794, 2.1213203435596424,
                0.17677669529663687, -2.82842712474619, 1.0606601717798212, -0.5303300858899106};
        assertThat(vector).containsExactly(expected, within(1e-12));
        rotation.undo(vector);
        assertThat(vector).containsExactly(new double[]{0.5, -1.25, 3, 0, 2, -2, 0.75, 1}, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "1025, 2048"})
    void lengthsArePowersOfTwo(int size, int length) {
        assertThat(new Rotation(size, new Seed(1)).length()).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({"10, 0, 100, 20", "10, 0.6065306597126334, 100, 11.832159566199232",
            "10, 0.01, 100, 13.058438416654358",
            "1000, 0.6065306597126334, 1048576, 1124.1245482596669",
            "100000, 0.6065306597126334, 1048576, 100001.81326356038", "1, 0.6065306597126334, 4, 2"})
    void normsGrowWithRounding(double norm, double bias, int length, double expected) {
        assertThat(SharedNoise.roundedNorm(norm, length, bias)).isCloseTo(expected, within(1e-9 * expected));
    }

    @ParameterizedTest
    @CsvSource({"12, 100, 0.1, 1, 1048576, 5095.516193659642", "12, 1000, 0.1, 1, 1048576, 3661.311593783363",
            "12, 100, 1, 0.5, 65536, 806.8984800239048", "16, 100, 0.1, 1, 1048576, 81532.13176042803"})
    void granularitiesAreAsFineAsBitsAllow(int bits, int clients, double clip, double z, int length, double scale) {
        Quantisation quantisation =
                Quantisation.within(bits, clip, length, z * clip / Math.sqrt(clients), clients, 4);
        assertThat(1 / quantisation.granularity()).isCloseTo(scale, within(1e-9 * scale));
    }

    @Test
    void wrapsAndUnwraps() {
        Quantisation four = new Quantisation(1, 4, 1, 1);
        long[] values = {7, 8, 9, -8, -9, 100, -100};
        long[] expected = {7, -8, -7, -8, 7, 4, -4};
        for (int i = 0; i < values.length; i++) {
            assertThat(four.wrap(values[i])).isBetween(0L, 15L);
            assertThat(four.unwrap(four.wrap(values[i]))).isEqualTo(expected[i]);
        }
    }

    @Test
    void roundsWithoutBiasAndWithinTheNorm() {
        Quantisation quantisation = new Quantisation(0.5, 16, 2, 64);
        SplittableRandom random = new SplittableRandom(2);
        double[] vector = random.doubles(64, -1, 1).toArray();
        double norm = 0;
        for (double value : vector) {
            norm += value * value;
        }
        double[] sum = new double[64];
        for (int i = 0; i < 64; i++) {
            vector[i] *= 2 / Math.sqrt(norm) * (1 - 1e-12);
        }
        for (int draw = 0; draw < 20_000; draw++) {
            long[] rounded = quantisation.round(vector, RANDOM);
            assertThat(Math.sqrt(Quantisation.squaredNorm(rounded).doubleValue()))
                    .isLessThanOrEqualTo(quantisation.roundedNorm());
            for (int i = 0; i < 64; i++) {
                assertThat(Math.abs(rounded[i] * 0.5 - vector[i])).isLessThan(0.5);
                sum[i] += rounded[i] * 0.5;
            }
        }
        for (int i = 0; i < 64; i++) { // a draw deviates by at most 0.25; the norm's condition leaves a little bias
            assertThat(sum[i] / 20_000).isCloseTo(vector[i], within(0.02));
        }
    }

    @Test
    void squaresAreExact() {
        long[] large = {Integer.MAX_VALUE, -Integer.MAX_VALUE, 3};
        BigInteger square = BigInteger.valueOf(Integer.MAX_VALUE).pow(2);
        assertThat(Quantisation.squaredNorm(large)).isEqualTo(square.add(square).add(BigInteger.valueOf(9)));
        assertThat(Quantisation.squaredNorm(new long[]{1L << 31, 3, Long.MIN_VALUE}))
                .isEqualTo(BigInteger.ONE.shiftLeft(62).add(BigInteger.valueOf(9)).add(BigInteger.ONE.shiftLeft(126)));
    }

    /** Who refuses a long vector and takes a short one would tell which it is, beneath no noise. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0x1p20, 0x1.8p31, 0x1p32, 0x1p33, 0x1p40})
    void whetherAVectorIsTakenDoesNotGoByItsLength(double steps) {
        Quantisation quantisation = new Quantisation(1, 24, steps, 2);
        for (double share : new double[]{0, 0.1, 0.9, 1 - 1e-15}) {
            long[] rounded = quantisation.round(new double[]{share * steps, 0}, RANDOM);
            assertThat(rounded[0] - share * steps).isBetween(-1.0, 1.0);
        }
    }

    @Test
    void aGranularityThatIsTooFineIsRefusedWhateverIsRounded() {
        assertThatThrownBy(() -> new Quantisation(1e-30, 24, 1, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 2^40 granularities");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSummedUnseenIsTheSumOfTheClippedUpdatesAndTheNoiseOfAll(IntegerNoise noise) {
        int clients = 20;
        int size = 1000;
        double deviation = 0.05;
        Rotation rotation = DistributedNoise.rotation(size, new Seed(3));
        DistributedNoise distributed = new DistributedNoise(
                Quantisation.within(20, 1, rotation.length(), deviation, clients, 6), noise, deviation);
        SplittableRandom random = new SplittableRandom(4);
        double[] expected = new double[size];
        long[] sum = new long[rotation.length()];
        for (int client = 0; client < clients; client++) {
            double[] update = random.doubles(size, -0.1, 0.1).toArray(); // norms of about 1.8
            double norm = 0;
            for (double value : update) {
                norm += value * value;
            }
            long[] sent = distributed.onClient(update, rotation, RANDOM);
            for (int i = 0; i < sum.length; i++) {
                sum[i] = distributed.quantisation().wrap(sum[i] + sent[i]);
            }
            for (int i = 0; i < size; i++) {
                expected[i] += update[i] / Math.sqrt(norm);
            }
        }
        double[] result = distributed.onServer(sum, size, rotation);
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += Math.pow(result[i] - expected[i], 2) / size;
        }
        double all = deviation * Math.sqrt(clients);
        assertThat(Math.sqrt(squares)).isBetween(0.9 * all, 1.1 * all); // four deviations of a root of 1000 squares
    }

    @Test
    void whatIsNotFiniteIsSentAsZeros() {
        DistributedNoise distributed =
                new DistributedNoise(new Quantisation(1e-6, 32, 1, 2), IntegerNoise.DISCRETE_GAUSSIAN, 1e-5);
        long[] sent = distributed.onClient(new double[]{Double.NaN, 1}, new Rotation(false, false), RANDOM);
        for (long value : sent) {
            assertThat(distributed.quantisation().unwrap(value)).isBetween(-200L, 200L);
        }
    }

    @Test
    void refusesNoiseThatIsTooCoarse() {
        Quantisation coarse = new Quantisation(0.1, 16, 1, 4);
        assertThatThrownBy(() -> new DistributedNoise(coarse, IntegerNoise.SKELLAM, 0.1))
                .hasMessageContaining("1.0 granularities, expected at least 2");
        assertThatThrownBy(() -> Quantisation.within(4, 1, 16, 1, 1000, 4)).hasMessageContaining("at least 8");
        assertThatThrownBy(() -> coarse.round(new double[]{9, 0, 0, 0}, RANDOM)).hasMessageContaining("longer");
        assertThatThrownBy(() -> new Quantisation(0.1, 33, 1, 4)).hasMessageContaining("bits is 33");
    }
}
