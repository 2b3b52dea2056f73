package dev.hansa.core.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressorTest {
    private static final Seed SEED = new Seed(7);

    @ParameterizedTest
    @CsvSource({"FLOAT32, 0", "FLOAT16, 4.9e-4", "BFLOAT16, 3.91e-3"})
    void eachValueComesBackAsNearAsItsBitsAllow(Values values, double relative) {
        float[] input = random(40_000, 3);
        float[] output = roundTrip(input, Compression.of(values));
        for (int i = 0; i < input.length; i++) {
            assertThat((double) output[i]).isCloseTo(input[i], within(Math.abs(input[i]) * relative + 3e-8));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 256, 65_536})
    void aByteIsOffByLessThanTheScaleOfItsBlock(int block) {
        float[] input = random(1000, 3);
        float[] output = roundTrip(input, new Compression(Values.INT8, block, 1, false));
        for (int from = 0; from < input.length; from += block) {
            int to = Math.min(input.length, from + block);
            double largest = IntStream.range(from, to).mapToDouble(i -> Math.abs(input[i])).max().orElse(0);
            for (int i = from; i < to; i++) {
                assertThat(Math.abs((double) output[i] - input[i])).isLessThanOrEqualTo(largest / 127 * (1 + 1e-6));
            }
        }
    }

    /**
     * The mean over n seeds has the standard error s·sqrt(p(1-p)/n) ≤ s/(2·sqrt(n)), s the step. With 200 values and a bound
     * of 4.5 standard errors an unbiased rounding fails once in 700 choices of seeds; rounding to the nearest always.
     */
    @Test
    void bytesAreRightOnAverage() {
        int seeds = 4000;
        float[] input = random(200, 11);
        double[] sum = new double[input.length];
        for (int seed = 0; seed < seeds; seed++) {
            float[] output = load(Compressor.compress(parameters(input), Compression.of(Values.INT8), new Seed(seed)));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += output[i];
            }
        }
        double step = IntStream.range(0, input.length).mapToDouble(i -> Math.abs(input[i])).max().orElse(0) / 127;
        for (int i = 0; i < sum.length; i++) {
            double toNext = input[i] / step - Math.floor(input[i] / step);
            double error = step * Math.sqrt(toNext * (1 - toNext) / seeds);
            assertThat(sum[i] / seeds).as("value %d", i).isCloseTo(input[i], within(4.5 * error + 1e-6 * step));
        }
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherOneOthers() {
        float[] input = random(1000, 1);
        Compression bytes = Compression.of(Values.INT8);
        assertThat(roundTrip(input, bytes)).isEqualTo(roundTrip(input, bytes));
        assertThat(load(Compressor.compress(parameters(input), bytes, new Seed(8)))).isNotEqualTo(
                roundTrip(input, bytes));
    }

    @Test
    void wholeMultiplesOfTheScaleAreExactAndZerosStayZero() {
        float[] input = {127, -127, 1, 0, -64, 2};
        assertThat(roundTrip(input, new Compression(Values.INT8, 6, 1, false))).containsExactly(input);
        assertThat(roundTrip(new float[5], Compression.of(Values.INT8))).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.MIN_VALUE, 9.8e-45f, 1e-38f, 1e37f, 3.3e38f})
    void theLargestAndTheSmallestNumbersAreNoExceptions(float value) {
        float[] output = roundTrip(new float[]{value, -value, 0}, Compression.of(Values.INT8));
        assertThat(output[0]).isCloseTo(value, within(value / 50 + Float.MIN_VALUE * 127));
        assertThat(output[1]).isCloseTo(-value, within(value / 50 + Float.MIN_VALUE * 127));
        assertThat(output[2]).isZero();
    }

    @Test
    void onlyTheLargestValuesAreSentAndOfEqualOnesTheFirst() {
        float[] input = {1, -5, 0, 3, -3, 3, 0.5f, -0.0f};
        assertThat(roundTrip(input, sparse(3.0 / 8))).containsExactly(0, -5, 0, 3, -3, 0, 0, 0);
        assertThat(roundTrip(input, sparse(1e-9))).containsExactly(0, -5, 0, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.001, 0.37, 0.5, 0.9999})
    void whatIsKeptIsWhatASortWouldKeep(double topK) {
        for (int size : new int[]{1, 2, 1000, 40_000}) {
            float[] input = random(size, size);
            Compression compression = sparse(topK);
            float[] output = roundTrip(input, compression);
            double[] magnitudes = IntStream.range(0, size).mapToDouble(i -> -Math.abs(input[i])).sorted().toArray();
            double least = -magnitudes[compression.kept(size) - 1];
            for (int i = 0; i < size; i++) {
                assertThat(output[i]).isEqualTo(Math.abs(input[i]) >= least ? input[i] : 0f);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Values.class)
    void manyEqualValuesAreKeptInTheirNumber(Values values) {
        float[] input = new float[50_000];
        Arrays.fill(input, -0.25f);
        float[] output = roundTrip(input, new Compression(values, 100, 0.5, false));
        assertThat(IntStream.range(0, input.length).filter(i -> output[i] != 0)).hasSize(25_000);
        assertThat(output[0]).isEqualTo(-0.25f, within(0.002f));
        assertThat(output[25_000]).isZero();
    }

    @ParameterizedTest
    @EnumSource(Values.class)
    void whatIsNotFiniteIsRefused(Values values) {
        for (float bad : new float[]{Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> roundTrip(new float[]{1, bad}, Compression.of(values)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("value 1 is " + bad);
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT16, 65520, float16", "BFLOAT16, 3.4e38, bfloat16", "INT8, 3.4028235e38, int8"})
    void whatWouldArriveAsInfinityIsNamed(Values values, float value, String form) {
        assertThatThrownBy(() -> roundTrip(new float[]{value}, Compression.of(values)))
                .isInstanceOf(UnwritableValueException.class)
                .hasMessageContainingAll("a value of the update is " + value, form, "choose other values");
    }

    private static Compression sparse(double topK) {
        return new Compression(Values.FLOAT32, 256, topK, false);
    }

    private static float[] roundTrip(float[] input, Compression compression) {
        return load(Compressor.compress(parameters(input), compression, SEED));
    }

    private static float[] load(CompressedParameters compressed) {
        return Parameters.load(compressed).toArray();
    }

    private static Parameters parameters(float[] values) {
        return Parameters.of(Layout.of(TensorShape.of("w", values.length)), values);
    }

    private static float[] random(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) ((random.nextDouble() - 0.5) * Math.exp(4 * random.nextDouble() - 6));
        }
        return values;
    }
}
