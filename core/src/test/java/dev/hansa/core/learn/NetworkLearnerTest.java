package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Precision;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks in single precision, under the contract, against double precision, and against plain loops. */
class NetworkLearnerTest {
    private static final int SIDE = 7;
    private static final int CHANNELS = 2;
    private static final ModelSpec.Cnn CNN = new ModelSpec.Cnn(SIDE, SIDE, List.of(3, 18), 3, List.of(5));
    private static final Schema PICTURES = new Schema(
            IntStream.range(0, SIDE * SIDE * CHANNELS).<Column>mapToObj(i -> new Column.Number("p" + i, "")).toList(),
            new Column.Category("class", "", List.of("a", "b", "c")));

    @Nested
    class Softmax extends LearnerContract {
        @Override
        protected Learner learner() {
            return Learners.of(new ModelSpec.Softmax(Precision.SINGLE), RandomTables.CLASSES);
        }

        @Override
        protected Examples examples() {
            return standardised(RandomTables.CLASSES);
        }
    }

    @Nested
    class MlpRegression extends LearnerContract {
        @Override
        protected Learner learner() {
            return Learners.of(new ModelSpec.Mlp(List.of(8)).in(Precision.SINGLE), RandomTables.REGRESSION);
        }

        @Override
        protected Examples examples() {
            return standardised(RandomTables.REGRESSION);
        }
    }

    @Nested
    class Convolutions extends LearnerContract {
        @Override
        protected Learner learner() {
            return Learners.of(CNN, PICTURES);
        }

        @Override
        protected Examples examples() {
            return pictures(30);
        }
    }

    private static Examples standardised(Schema schema) {
        Table table = RandomTables.of(schema, 150, 3);
        return Preprocessing.standardising(schema, TableStatistics.of(table)).apply(table, table.rows(false));
    }

    /** Of each class another stripe is lighter. */
    private static Examples pictures(int rows) {
        SplittableRandom random = new SplittableRandom(4);
        float[] points = new float[rows * SIDE * SIDE * CHANNELS];
        float[] classes = new float[rows];
        for (int i = 0; i < points.length; i++) {
            int row = i / (SIDE * SIDE * CHANNELS);
            classes[row] = row % 3;
            points[i] = (float) (random.nextDouble() - 0.5 + (i % SIDE / 3 == row % 3 ? 1 : 0));
        }
        return new Examples(SIDE * SIDE * CHANNELS, points, classes);
    }

    static Stream<Arguments> trainings() {
        LocalTraining plain = new LocalTraining(3, 10, 0.05, 0, 0, true);
        return Stream.of(
                Arguments.of("plain", plain, false),
                Arguments.of("a batch of more rows than pass at once",
                        new LocalTraining(3, LocalTraining.FULL_BATCH, 0.1, 0, 0, false), false),
                Arguments.of("momentum and decay", new LocalTraining(3, 10, 0.02, 0.9, 0.01, true), false),
                Arguments.of("drawn to the start", plain.withProximalMu(0.5), false),
                Arguments.of("corrected", plain, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainings")
    void agreeWithDoublePrecision(String name, LocalTraining training, boolean corrected) throws InterruptedException {
        for (Schema schema : List.of(RandomTables.REGRESSION, RandomTables.CLASSES)) {
            ModelSpec model = new ModelSpec.Mlp(List.of(20, 7));
            Learner exact = Learners.of(model, schema);
            Learner single = Learners.of(model.in(Precision.SINGLE), schema);
            Parameters start = exact.initial(new Seed(3));
            assertThat(single.initial(new Seed(3))).isEqualTo(start);
            assertThat(single.layout()).isEqualTo(exact.layout());
            Optional<Parameters> correction = corrected
                    ? Optional.of(exact.initial(new Seed(4)).times(0.1))
                    : Optional.empty();
            Examples examples = standardised(schema);

            Learner.Trained expected = fit(exact, start, examples, training, correction);
            Learner.Trained trained = fit(single, start, examples, training, correction);

            assertClose(trained.parameters(), expected.parameters());
            expected.sums().values().forEach((sum, value) -> assertThat(trained.sums().get(sum)).as(sum)
                    .isCloseTo(value, within(1e-4)));
        }
    }

    private static Learner.Trained fit(Learner learner, Parameters start, Examples examples, LocalTraining training,
            Optional<Parameters> correction) throws InterruptedException {
        return learner.fit(start, examples, training, correction, Set.of(), new Seed(9), () -> false);
    }

    private static void assertClose(Parameters found, Parameters expected) {
        float[] values = expected.toArray();
        for (int i = 0; i < values.length; i++) {
            assertThat(found.get(i)).as("value %d", i).isCloseTo(values[i], within(1e-5f));
        }
    }

    @Test
    void convolutionsAgreeWithPlainLoops() throws InterruptedException {
        Learner learner = Learners.of(CNN, PICTURES);
        assertThat(learner.layout().tensors()).containsExactly(
                TensorShape.of("conv1.weight", 3, 2, 3, 3), TensorShape.of("conv1.bias", 3),
                TensorShape.of("conv2.weight", 18, 3, 3, 3), TensorShape.of("conv2.bias", 18),
                TensorShape.of("layer1.weight", 5, 18), TensorShape.of("layer1.bias", 5),
                TensorShape.of("layer2.weight", 3, 5), TensorShape.of("layer2.bias", 3));
        Parameters start = learner.initial(new Seed(11));
        PlainCnn plain = new PlainCnn(CNN, CHANNELS, 3, start.toArray());
        Examples examples = pictures(12);
        LocalTraining training = new LocalTraining(2, 5, 0.1, 0, 0, false);

        Parameters trained = learner.fit(start, examples, training, new Seed(1)).parameters();
        for (int epoch = 0; epoch < 2; epoch++) {
            for (int from = 0; from < 12; from += 5) {
                plain.step(examples, from, Math.min(12, from + 5), 0.1);
            }
        }

        assertClose(trained, Parameters.of(learner.layout(), plain.parameters()));
    }

    @Test
    void momentumOfConvolutionsIsThatOfTheirTensors() throws InterruptedException {
        Learner learner = Learners.of(CNN, PICTURES);
        Parameters start = learner.initial(new Seed(11));
        Examples examples = pictures(5);
        // one step: g; with v = g and decay, against a plain step from the same gradient
        LocalTraining plain = new LocalTraining(1, 5, 0.1, 0, 0, false);
        Parameters gradient = start.minus(learner.fit(start, examples, plain, new Seed(1)).parameters()).times(10);

        Parameters decayed = learner.fit(start, examples, new LocalTraining(1, 5, 0.1, 0.5, 0.2, false), new Seed(1))
                .parameters();
        Parameters corrected = fit(learner, start, examples, plain, Optional.of(start)).parameters();

        assertClose(decayed, start.minus(gradient.times(0.1)).minus(start.times(0.02)));
        assertClose(corrected, start.minus(gradient.times(0.1)).minus(start.times(0.1)));
    }

    @Test
    void picturesMustHaveThePointsThatTheModelReads() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Learners.of(new ModelSpec.Cnn(9, 9, List.of(3), 3, List.of()), PICTURES))
                .withMessage("pictures of 9 × 9 points need 81 inputs for each channel, the data have 98");
    }
}
