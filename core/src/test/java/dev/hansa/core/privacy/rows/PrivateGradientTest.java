package dev.hansa.core.privacy.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.noise.SecureBytes;
import dev.hansa.core.privacy.noise.SeededBytes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrivateGradientTest {
    private static final int VALUES = 40;
    private static final double CLIP = 0.7;

    private static PrivateGradient of(double noise, double sampling, int rows, long seed) {
        return new PrivateGradient(CLIP, noise, sampling, rows, VALUES, new SeededBytes(new Seed(seed)));
    }

    /** In two parts, one of each precision. */
    private static void add(PrivateGradient sum, double[] gradient) {
        float[] tail = new float[VALUES / 2];
        double squared = 0;
        for (int i = 0; i < VALUES; i++) {
            if (i >= VALUES / 2) {
                tail[i - VALUES / 2] = (float) gradient[i];
            }
            double value = i < VALUES / 2 ? gradient[i] : tail[i - VALUES / 2];
            squared += value * value;
        }
        double factor = sum.factor(squared);
        sum.add(0, Arrays.copyOf(gradient, VALUES / 2), factor);
        sum.add(VALUES / 2, tail, 0, tail.length, factor);
    }

    private static double[] take(PrivateGradient sum) {
        double[] values = new double[VALUES];
        sum.take(0, values);
        return values;
    }

    /** Of lengths from next to nothing to far beyond what is held, some of them no numbers. */
    private static double[] gradient(SplittableRandom random) {
        double length = Math.pow(10, random.nextInt(-12, 30));
        double[] values = new double[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = random.nextInt(8) == 0 ? 0 : length * (random.nextDouble() - 0.5);
        }
        if (random.nextInt(10) == 0) {
            values[random.nextInt(VALUES)] = random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY;
        }
        return values;
    }

    /** The same noise in both worlds cancels, so what is left is what the row has moved. */
    @Test
    void aRowMovesTheSumByNoMoreThanTheClip() {
        SplittableRandom random = new SplittableRandom(3);
        double most = 0;
        for (int world = 0; world < 500; world++) {
            int rows = 1 + random.nextInt(20);
            PrivateGradient with = of(1, 1, rows, world);
            PrivateGradient without = of(1, 1, rows, world);
            assertThat(with.draw()).isEqualTo(without.draw()).isEqualTo(rows);
            int zeroed = random.nextInt(rows);
            for (int row = 0; row < rows; row++) {
                double[] gradient = gradient(random);
                add(with, gradient);
                if (row != zeroed) {
                    add(without, gradient);
                }
            }
            double[] one = take(with);
            double[] other = take(without);
            double squared = 0;
            for (int i = 0; i < VALUES; i++) {
                double moved = (one[i] - other[i]) * rows;
                squared += moved * moved;
            }
            most = Math.max(most, Math.sqrt(squared));
            assertThat(Math.sqrt(squared)).isFinite().isLessThanOrEqualTo(CLIP * (1 + 1e-8)); // rounding to the grid
        }
        assertThat(most).isCloseTo(CLIP, within(1e-6));
    }

    @Test
    void anyOrderGivesTheSameBytes() {
        SplittableRandom random = new SplittableRandom(4);
        double[][] gradients = new double[200][];
        Arrays.setAll(gradients, row -> gradient(random));
        PrivateGradient forward = of(0.01, 1, 200, 5);
        PrivateGradient backward = of(0.01, 1, 200, 5);
        for (int row = 0; row < 200; row++) {
            add(forward, gradients[row]);
            add(backward, gradients[199 - row]);
        }
        assertThat(take(forward)).isEqualTo(take(backward));
    }

    @Test
    void whatIsWithinTheClipStaysAsItIs() {
        PrivateGradient sum = of(1e-9, 0.5, 10, 1);
        double[] gradient = new double[VALUES];
        Arrays.fill(gradient, 0.1);
        add(sum, gradient);
        add(sum, gradient);
        assertThat(take(sum)).containsOnly(new double[]{2 * 0.1 / 5}, within(1e-8));
        assertThat(take(sum)).as("emptied").containsOnly(new double[]{0}, within(1e-8));
    }

    /** 40,000 values: the deviation of what is found is within 2 % with a chance of 1 - 10⁻⁸. */
    @Test
    void eachStepHasNoiseOfItsOwnEvenWithoutRows() {
        PrivateGradient sum = of(1.5, 0.25, 8, 9);
        double squares = 0;
        double products = 0;
        double[] before = new double[VALUES];
        for (int step = 0; step < 1000; step++) {
            double[] values = take(sum);
            for (int i = 0; i < VALUES; i++) {
                squares += values[i] * values[i];
                products += values[i] * before[i];
            }
            before = values;
        }
        double deviation = 1.5 * CLIP / (0.25 * 8);
        double variance = deviation * deviation;
        assertThat(Math.sqrt(squares / (1000 * VALUES))).isCloseTo(deviation, within(0.02 * deviation));
        assertThat(products / (1000 * VALUES)).isCloseTo(0, within(0.03 * variance));
    }

    /** Each within six deviations. */
    @Test
    void eachRowIsDrawnByACoinOfItsOwn() {
        int rows = 50;
        PrivateGradient sum = of(1, 0.3, rows, 2);
        int[] times = new int[rows];
        int steps = 4000;
        double squares = 0;
        for (int step = 0; step < steps; step++) {
            int drawn = sum.draw();
            squares += Math.pow(drawn - 0.3 * rows, 2);
            for (int i = 0; i < drawn; i++) {
                times[sum.rows()[i]]++;
            }
        }
        int most = (int) (6 * Math.sqrt(steps * 0.3 * 0.7));
        for (int count : times) {
            assertThat(count).isBetween(1200 - most, 1200 + most);
        }
        double variance = rows * 0.3 * 0.7;
        assertThat(squares / steps).isCloseTo(variance, within(6 * variance * Math.sqrt(2.0 / steps)));
    }

    @Test
    void noiseOfRealRunsIsNeverTheSame() {
        assertThat(take(new PrivateGradient(CLIP, 1, 0.5, 5, VALUES, SecureBytes.fresh())))
                .isNotEqualTo(take(new PrivateGradient(CLIP, 1, 0.5, 5, VALUES, SecureBytes.fresh())));
        assertThat(take(of(1, 0.5, 5, 1))).isEqualTo(take(of(1, 0.5, 5, 1))).isNotEqualTo(take(of(1, 0.5, 5, 2)));
    }
}
