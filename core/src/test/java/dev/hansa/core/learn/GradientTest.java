package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.RunningStatistics;
import dev.hansa.core.model.Seed;
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
    private static final double STEP = 1e-5;

    /** A normalised batch of one row goes by the running values, which do not depend on the weights. */
    static Stream<Arguments> networks() {
        List<Arguments> kinds = List.of(Arguments.of(false, 12), Arguments.of(true, 12), Arguments.of(true, 1));
        return Stream.of(new int[]{5}, new int[]{5, 6}, new int[]{5, 6, 4})
                .flatMap(inner -> kinds.stream().filter(kind -> inner.length > 1 || kind.get()[0].equals(false))
                        .flatMap(kind -> Stream.of(
                                Arguments.of(with(inner, 1), new SquaredError(), kind.get()[0], kind.get()[1]),
                                Arguments.of(with(inner, 3), new CrossEntropy(), kind.get()[0], kind.get()[1]))));
    }

    private static int[] with(int[] widths, int outputs) {
        int[] all = Arrays.copyOf(widths, widths.length + 1);
        all[widths.length] = outputs;
        return all;
    }

    @ParameterizedTest(name = "{0}, normalised {2}, rows {3}")
    @MethodSource("networks")
    void gradientIsTheSlopeOfTheLoss(int[] widths, Loss loss, boolean normalized, int rows) {
        SplittableRandom random = new SplittableRandom(11);
        int outputs = widths[widths.length - 1];
        Examples examples = new Examples(5, floats(gaussians(random, rows * 5)), targets(random, rows, outputs));
        Network network = network(widths, normalized, loss, random);

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
        int all = gradients.stream().mapToInt(gradient -> gradient.length).sum();
        assertThat(learning).isGreaterThan(rows == 1 ? all / 10 : all / 2);
    }

    private static Network network(int[] widths, boolean normalized, Loss loss, SplittableRandom random) {
        DenseLearner learner = new DenseLearner(Arrays.stream(widths).boxed().toList(), normalized, loss);
        float[] values = floats(gaussians(random, learner.layout().size()));
        Parameters parameters = RunningStatistics.averaged(learner.initial(new Seed(1)),
                Parameters.zeros(learner.layout()), Parameters.of(learner.layout(), values));
        return normalized
                ? new NormalizedNetwork(widths, loss, parameters)
                : new DenseNetwork(widths, loss, parameters);
    }

    private static double lossAt(double step, Network network, Weights part, int index, Examples examples) {
        double before = part.values[index];
        part.values[index] += step;
        double loss = addGradient(network, examples) / examples.size();
        part.values[index] = before;
        return loss;
    }

    private static double addGradient(Network network, Examples examples) {
        return network.addGradient(examples, IntStream.range(0, examples.size()).toArray(), 0, examples.size());
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

    private static float[] targets(SplittableRandom random, int rows, int outputs) {
        float[] targets = outputs == 1 ? floats(gaussians(random, rows)) : new float[rows];
        for (int row = 0; outputs > 1 && row < rows; row++) {
            targets[row] = random.nextInt(outputs);
        }
        return targets;
    }
}
