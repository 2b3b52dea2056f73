package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Back-propagation against differences of the loss. */
class GradientTest {
    private static final int ROWS = 12;
    private static final double STEP = 1e-5;

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
        Examples examples = new Examples(5, floats(gaussians(random, ROWS * 5)), targets(random, outputs));
        DenseNetwork network = new DenseNetwork(widths, loss, parameters(widths, random));

        double sum = addGradient(network, examples);

        assertThat(sum).isPositive();
        List<double[]> gradients = network.weights().stream().map(part -> part.gradient.clone()).toList();
        int learning = 0;
        for (int p = 0; p < gradients.size(); p++) {
            Weights part = network.weights().get(p);
            double[] gradient = gradients.get(p);
            for (int i = 0; i < gradient.length; i++) {
                double slope = (lossAt(STEP, network, part, i, examples) - lossAt(-STEP, network, part, i, examples))
                        / (2 * STEP);
                assertThat(gradient[i]).isCloseTo(slope, within(1e-7 * Math.max(1, Math.abs(slope))));
                learning += gradient[i] == 0 ? 0 : 1;
            }
        }
        assertThat(learning).isGreaterThan(parameters(widths, random).size() / 2);
    }

    private static Parameters parameters(int[] widths, SplittableRandom random) {
        DenseLearner learner = new DenseLearner(Arrays.stream(widths).boxed().toList(), new SquaredError());
        return Parameters.of(learner.layout(), floats(gaussians(random, learner.layout().size())));
    }

    private static double lossAt(double step, DenseNetwork network, Weights part, int index, Examples examples) {
        double before = part.values[index];
        part.values[index] += step;
        double loss = addGradient(network, examples) / ROWS;
        part.values[index] = before;
        return loss;
    }

    private static double addGradient(DenseNetwork network, Examples examples) {
        return network.addGradient(examples, IntStream.range(0, ROWS).toArray(), 0, ROWS);
    }

    private static double[] gaussians(SplittableRandom random, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
        }
        return values;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static float[] targets(SplittableRandom random, int outputs) {
        float[] targets = outputs == 1 ? floats(gaussians(random, ROWS)) : new float[ROWS];
        for (int row = 0; outputs > 1 && row < ROWS; row++) {
            targets[row] = random.nextInt(outputs);
        }
        return targets;
    }
}
