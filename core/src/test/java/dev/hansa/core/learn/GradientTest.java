package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.Examples;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Back-propagation against differences of the loss. */
class GradientTest {
    private static final int ROWS = 12;
    private static final float STEP = 1f / 1024;

    static Stream<Arguments> networks() {
        return Stream.of(Arguments.of(new int[]{5, 1}, new SquaredError()),
                Arguments.of(new int[]{5, 3}, new CrossEntropy()),
                Arguments.of(new int[]{5, 6, 1}, new SquaredError()),
                Arguments.of(new int[]{5, 6, 3}, new CrossEntropy()),
                Arguments.of(new int[]{5, 6, 4, 1}, new SquaredError()),
                Arguments.of(new int[]{5, 6, 4, 3}, new CrossEntropy()));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientIsTheSlopeOfTheLoss(int[] widths, Loss loss) {
        SplittableRandom random = new SplittableRandom(11);
        int outputs = widths[widths.length - 1];
        Examples examples = new Examples(5, gaussians(random, ROWS * 5), targets(random, outputs));
        float[] weights = gaussians(random, IntStream.range(1, widths.length)
                .map(layer -> widths[layer] * (widths[layer - 1] + 1)).sum());

        double[] gradient = new double[weights.length];
        double sum = gradient(widths, loss, weights, examples, gradient);

        assertThat(sum).isPositive();
        assertThat(Arrays.stream(gradient).filter(g -> g != 0).count()).isGreaterThan(weights.length / 2);
        for (int i = 0; i < weights.length; i++) {
            double slope = (lossAt(widths, loss, weights, i, STEP, examples)
                    - lossAt(widths, loss, weights, i, -STEP, examples)) / (2 * STEP);
            assertThat(gradient[i]).as("value %s", i).isCloseTo(slope, within(1e-3 * Math.max(1, Math.abs(slope))));
        }
    }

    private static double lossAt(int[] widths, Loss loss, float[] weights, int index, float step, Examples examples) {
        float[] moved = weights.clone();
        moved[index] += step;
        return gradient(widths, loss, moved, examples, new double[weights.length]) / ROWS;
    }

    private static double gradient(int[] widths, Loss loss, float[] weights, Examples examples, double[] gradient) {
        return new DenseNetwork(widths, loss).gradient(weights, examples, IntStream.range(0, ROWS).toArray(), 0, ROWS,
                gradient);
    }

    private static float[] gaussians(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                    * Math.cos(2 * Math.PI * random.nextDouble()));
        }
        return values;
    }

    private static float[] targets(SplittableRandom random, int outputs) {
        float[] targets = outputs == 1 ? gaussians(random, ROWS) : new float[ROWS];
        for (int row = 0; outputs > 1 && row < ROWS; row++) {
            targets[row] = random.nextInt(outputs);
        }
        return targets;
    }
}
