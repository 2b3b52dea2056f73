package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.Alphabet;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Cell;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.core.model.ModelSpec.Precision;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.privacy.noise.SecureBytes;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Training that hides rows, of each kind of layer: against the gradient of each row alone, and against plain loops. */
class PrivateTrainingTest {
    private static final int ROWS = 11;
    private static final ExamplePrivacy HARDLY = new ExamplePrivacy(1000, 1e-10, 1, 1e-5);
    private static final Schema LINES = new Schema(List.of(new Column.Text("LINE", 6, new Alphabet("abcd"))),
            new Column.NextCharacter("LINE", 1));
    private static final ModelSpec.Cnn CNN = new ModelSpec.Cnn(7, 7, List.of(3, 5), 3, List.of(6));
    private static final Schema PICTURES = new Schema(
            IntStream.range(0, 98).<Column>mapToObj(i -> new Column.Number("p" + i, "")).toList(),
            new Column.Category("class", "", List.of("a", "b", "c")));

    /** A learner with the values it begins at, which are not all 0, and rows. */
    record Kind(String name, Learner learner, Examples examples) {

        Parameters start() {
            SplittableRandom random = new SplittableRandom(8);
            float[] values = new float[learner.layout().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.8 * random.nextDouble() - 0.4);
            }
            return Parameters.of(learner.layout(), values);
        }

        /** The gradient of one row, by a plain step on it alone. */
        Parameters gradient(int row, Set<String> fixed) throws InterruptedException {
            int width = examples.width();
            Examples alone =
                    new Examples(width, Arrays.copyOfRange(examples.inputs(), row * width, (row + 1) * width),
                            new float[]{examples.targets()[row]});
            LocalTraining step = new LocalTraining(1, LocalTraining.FULL_BATCH, 1, 0, 0, false);
            return start().minus(learner.fit(start(), alone, step, Optional.empty(), fixed, new Seed(1), () -> false)
                    .parameters());
        }

        Learner.Trained fit(LocalTraining training, Set<String> fixed, RandomBytes random)
                throws InterruptedException {
            return learner.fitPrivately(start(), examples, training, Optional.empty(), fixed, random, () -> false);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Kind kind(ModelSpec model, Schema schema) {
        return kind(model, schema, ROWS);
    }

    private static Kind kind(ModelSpec model, Schema schema, int rows) {
        SplittableRandom random = new SplittableRandom(4);
        boolean text = model instanceof ModelSpec.Recurrent;
        float[] inputs = new float[rows * schema.inputs()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = text ? random.nextInt(schema.outputs() + Alphabet.FIRST) : (float) random.nextDouble() * 2 - 1;
        }
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = schema.classification() ? random.nextInt(schema.outputs()) : (float) random.nextDouble();
        }
        return new Kind(model.toString(), Learners.of(model, schema), new Examples(schema.inputs(), inputs, targets));
    }

    static Stream<Kind> kinds() {
        return Stream.of(kind(new ModelSpec.Linear(), RandomTables.REGRESSION),
                kind(new ModelSpec.Softmax(), RandomTables.CLASSES),
                kind(new ModelSpec.Mlp(List.of(7, 5)), RandomTables.CLASSES),
                kind(new ModelSpec.Mlp(List.of(7)), RandomTables.REGRESSION),
                kind(new ModelSpec.Softmax(Precision.SINGLE), RandomTables.CLASSES),
                kind(new ModelSpec.Mlp(List.of(7, 5)).in(Precision.SINGLE), RandomTables.CLASSES),
                kind(CNN, PICTURES),
                kind(new ModelSpec.Recurrent(Cell.LSTM, 3, 5, 2), LINES),
                kind(new ModelSpec.Recurrent(Cell.GRU, 3, 5, 2), LINES));
    }

    private static LocalTraining steps(int number, double rate, ExamplePrivacy privacy) {
        return new LocalTraining(1, LocalTraining.FULL_BATCH, rate, 0, 0, false).withSteps(number).withPrivacy(privacy);
    }

    private static RandomBytes seeded() {
        return new SeededBytes(new Seed(3));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachRowIsClippedAlone(Kind kind) throws InterruptedException {
        String first = kind.learner().layout().tensors().get(0).name();
        for (Set<String> fixed : List.of(Set.<String>of(), Set.of(first))) {
            double[] norms = new double[ROWS];
            for (int row = 0; row < ROWS; row++) {
                norms[row] = kind.gradient(row, fixed).l2Norm();
            }
            double clip = Arrays.stream(norms).sorted().toArray()[ROWS / 2]; // some are longer, some are not
            Parameters expected = Parameters.zeros(kind.learner().layout());
            for (int row = 0; row < ROWS; row++) {
                expected = expected
                        .plus(kind.gradient(row, fixed).times((float) (Math.min(1, clip / norms[row]) / ROWS)));
            }
            Parameters trained =
                    kind.fit(steps(1, 1, new ExamplePrivacy(clip, 1e-9, 1, 1e-5)), fixed, seeded()).parameters();

            assertClose(kind.start().minus(trained), expected, 2e-6f);
            assertThat(trained.select(Set.of(first)).equals(kind.start().select(Set.of(first))))
                    .isEqualTo(!fixed.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void withoutAnythingToHideItIsPlainDescentAlongAllRows(Kind kind) throws InterruptedException {
        LocalTraining plain = new LocalTraining(1, LocalTraining.FULL_BATCH, 0.1, 0.9, 0.01, false).withSteps(4)
                .withProximalMu(0.3).withClipNorm(0.8);
        Parameters pull = kind.start().times(0.5f);
        Parameters expected = kind.learner().fit(kind.start(), kind.examples(), plain, Optional.of(pull), Set.of(),
                new Seed(1), () -> false).parameters();
        Learner.Trained trained = kind.learner().fitPrivately(kind.start(), kind.examples(), plain.withPrivacy(HARDLY),
                Optional.of(pull), Set.of(), seeded(), () -> false);

        assertClose(trained.parameters(), expected, 1e-5f);
        assertThat(trained.sums().values()).isEqualTo(Map.of(Sums.STEPS, 4.0));
        assertThat(trained.share()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noiseIsOfTheDeviationThatWasAskedFor(Kind kind) throws InterruptedException {
        // of a clip that leaves nothing of rows beside the noise
        LocalTraining training = steps(1, 1, new ExamplePrivacy(1, 1000, 0.5, 1e-5));
        double squares = 0;
        int count = 0;
        for (int draw = 0; count < 20_000; draw++) {
            Parameters moved = kind.fit(training, Set.of(), new SeededBytes(new Seed(draw))).parameters()
                    .minus(kind.start());
            squares += Math.pow(moved.l2Norm(), 2);
            count += kind.learner().layout().size();
        }
        double deviation = 1000 / (0.5 * ROWS);
        assertThat(Math.sqrt(squares / count)).isCloseTo(deviation, within(0.03 * deviation)); // six deviations of it
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void sameBytesForTheSameSeedFromAnyThread(Kind kind) throws InterruptedException {
        LocalTraining training = steps(5, 0.1, new ExamplePrivacy(0.5, 1, 0.3, 1e-5));
        Learner.Trained alone = kind.fit(training, Set.of(), seeded());
        List<Learner.Trained> together = IntStream.range(0, 8).parallel().mapToObj(i -> {
            try {
                return kind.fit(training, Set.of(), seeded());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }).toList();

        assertThat(together).containsOnly(alone);
        assertThat(kind.fit(training, Set.of(), SecureBytes.fresh()).parameters())
                .isNotEqualTo(kind.fit(training, Set.of(), SecureBytes.fresh()).parameters());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aRowThatIsNoNumberCountsAsNone(Kind kind) throws InterruptedException {
        if (kind.learner().layout().tensors().get(0).name().equals("embedding.weight")) {
            return; // codes are whole numbers
        }
        int width = kind.examples().width();
        float[] inputs = kind.examples().inputs().clone();
        inputs[3 * width] = Float.NaN;
        inputs[5 * width + 1] = Float.POSITIVE_INFINITY;
        Kind broken = new Kind("broken", kind.learner(), new Examples(width, inputs, kind.examples().targets()));
        Parameters expected = Parameters.zeros(kind.learner().layout());
        for (int row = 0; row < ROWS; row++) {
            if (row != 3 && row != 5) {
                expected = expected.plus(kind.gradient(row, Set.of()).times(1f / ROWS));
            }
        }
        Parameters moved = broken.start().minus(broken.fit(steps(1, 1, HARDLY), Set.of(), seeded()).parameters());
        assertClose(moved, expected, 2e-6f);
    }

    @Test
    void convolutionsAgreeWithPlainLoops() throws InterruptedException {
        Kind kind = kind(CNN, PICTURES);
        double clip = 0.6;
        double[] expected = new double[kind.learner().layout().size()];
        for (int row = 0; row < ROWS; row++) {
            PlainCnn plain = new PlainCnn(CNN, 2, 3, kind.start().toArray());
            plain.step(kind.examples(), row, row + 1, 1);
            addClipped(kind.start().toArray(), plain.parameters(), clip, expected);
        }
        assertMoved(kind, clip, expected);
    }

    @ParameterizedTest
    @EnumSource
    void recurrentLayersAgreeWithPlainLoops(Cell cell) throws InterruptedException {
        ModelSpec.Recurrent model = new ModelSpec.Recurrent(cell, 3, 5, 2);
        Kind kind = kind(model, LINES);
        double clip = 0.6;
        double[] expected = new double[kind.learner().layout().size()];
        for (int row = 0; row < ROWS; row++) {
            PlainRecurrent plain = new PlainRecurrent(model, 6, 4, kind.start().toArray());
            plain.step(kind.examples(), row, row + 1, 1);
            addClipped(kind.start().toArray(), plain.parameters(), clip, expected);
        }
        assertMoved(kind, clip, expected);
    }

    /** With more rows than pass through a network at once, and the same coins and noise. */
    @Test
    void bothPrecisionsAgree() throws InterruptedException {
        ModelSpec.Mlp model = new ModelSpec.Mlp(List.of(20, 7));
        LocalTraining training = steps(5, 0.1, new ExamplePrivacy(0.5, 1, 0.7, 1e-5));
        Parameters exact = kind(model, RandomTables.CLASSES, 150).fit(training, Set.of(), seeded()).parameters();
        Parameters single = kind(model.in(Precision.SINGLE), RandomTables.CLASSES, 150)
                .fit(training, Set.of(), seeded()).parameters();
        assertClose(single, exact, 1e-5f);
    }

    private static void addClipped(float[] before, float[] after, double clip, double[] sum) {
        double squared = 0;
        for (int i = 0; i < sum.length; i++) {
            squared += Math.pow(before[i] - after[i], 2);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += (before[i] - after[i]) * Math.min(1, clip / Math.sqrt(squared));
        }
    }

    private static void assertMoved(Kind kind, double clip, double[] expected) throws InterruptedException {
        Parameters trained =
                kind.fit(steps(1, 1, new ExamplePrivacy(clip, 1e-9, 1, 1e-5)), Set.of(), seeded()).parameters();
        float[] moved = kind.start().minus(trained).toArray();
        for (int i = 0; i < moved.length; i++) {
            assertThat((double) moved[i]).as("value %d", i).isCloseTo(expected[i] / ROWS, within(2e-6));
        }
    }

    @Test
    void stopsBetweenTwoStepsAndWhenInterrupted() throws InterruptedException {
        Kind kind = kind(new ModelSpec.Softmax(), RandomTables.CLASSES);
        LocalTraining training = steps(4, 0.1, HARDLY);
        AtomicInteger asked = new AtomicInteger();
        BooleanSupplier afterThree = () -> asked.getAndIncrement() == 3;
        Learner.Trained stopped = kind.learner().fitPrivately(kind.start(), kind.examples(), training,
                Optional.empty(), Set.of(), seeded(), afterThree);
        assertThat(stopped.share()).isEqualTo(0.75);
        assertThat(stopped.sums().get(Sums.STEPS)).isEqualTo(3);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> kind.fit(training, Set.of(), seeded())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void refusesWhatHidesNothing() {
        Kind kind = kind(new ModelSpec.Softmax(), RandomTables.CLASSES);
        LocalTraining hiding = steps(1, 1, HARDLY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.learner().fit(kind.start(), kind.examples(), hiding, new Seed(1)))
                .withMessageContaining("expected fitPrivately");
        assertThatIllegalArgumentException().isThrownBy(() -> kind.fit(hiding.withoutPrivacy(), Set.of(), seeded()))
                .withMessageContaining("expected fit");
        Kind normalised =
                kind(new ModelSpec.Mlp(List.of(4), Normalization.BATCH, Precision.DOUBLE), RandomTables.CLASSES);
        assertThatIllegalArgumentException().isThrownBy(() -> normalised.fit(hiding, Set.of(), seeded()))
                .withMessageContaining("batch normalisation mixes the rows");
        assertThatIllegalArgumentException().isThrownBy(() -> hiding.withEpochs(2))
                .withMessageContaining("steps is none");
        assertThatIllegalArgumentException().isThrownBy(hiding::withMeasuredStart)
                .withMessageContaining("measureStart is true");
        for (double[] wrong : new double[][]{{0, 1, 1, 1e-5}, {1, 0, 1, 1e-5}, {1, 1, 0, 1e-5}, {1, 1, 1.1, 1e-5},
                {1, 1, 1, 0}, {1, 1, 1, 1}, {Double.NaN, 1, 1, 1e-5}, {1, Double.POSITIVE_INFINITY, 1, 1e-5}}) {
            assertThatIllegalArgumentException().as(Arrays.toString(wrong))
                    .isThrownBy(() -> new ExamplePrivacy(wrong[0], wrong[1], wrong[2], wrong[3]))
                    .withMessageContaining("expected a");
        }
    }

    private static void assertClose(Parameters found, Parameters expected, float most) {
        float[] values = expected.toArray();
        for (int i = 0; i < values.length; i++) {
            assertThat(found.get(i)).as("value %d", i).isCloseTo(values[i], within(most));
        }
    }
}
