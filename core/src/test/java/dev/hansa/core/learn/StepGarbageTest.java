package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hansa.core.data.Alphabet;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Cell;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.core.model.ModelSpec.Precision;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A step of training makes no object, whatever the network: with the kernels in plain Java, which alone are found here. */
class StepGarbageTest {
    /** Java itself makes some when a piece of code runs first. */
    private static final int ATTEMPTS = 5;
    private static final int ROWS = 20;
    private static final int STEPS_OF_EPOCH = 2;
    private static final LocalTraining PLAIN = new LocalTraining(1, ROWS / STEPS_OF_EPOCH, 0.01, 0, 0, true);
    private static final LocalTraining MOMENTUM = new LocalTraining(1, ROWS / STEPS_OF_EPOCH, 0.01, 0.9, 0.001, true);

    private static final String LETTERS = "abcd";
    private static final Schema TEXT = new Schema(List.of(new Column.Text("LINE", 20, new Alphabet(LETTERS))),
            new Column.NextCharacter("LINE", 1));

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of(new ModelSpec.Softmax(Precision.SINGLE), numbers(784), PLAIN),
                Arguments.of(new ModelSpec.Mlp(List.of(200, 200), Normalization.NONE, Precision.SINGLE), numbers(784),
                        PLAIN),
                Arguments.of(new ModelSpec.Mlp(List.of(30), Normalization.NONE, Precision.SINGLE), numbers(17),
                        MOMENTUM),
                Arguments.of(new ModelSpec.Cnn(12, 12, List.of(8, 16), 5, List.of(40)), numbers(144), PLAIN),
                Arguments.of(new ModelSpec.Recurrent(Cell.LSTM, 8, 40, 2), TEXT, PLAIN));
    }

    private static Schema numbers(int columns) {
        return new Schema(IntStream.range(0, columns).<Column>mapToObj(i -> new Column.Number("x" + i, "")).toList(),
                new Column.Category("class", "", IntStream.range(0, 10).mapToObj(Integer::toString).toList()));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aStepMakesNoObject(ModelSpec model, Schema schema, LocalTraining training) throws InterruptedException {
        Learner learner = Learners.of(model, schema);
        Examples examples = examples(schema);
        Parameters start = learner.initial(new Seed(1));
        double bytes = Double.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && bytes != 0; i++) {
            long few = allocated(learner, start, examples, training.withEpochs(2));
            long more = allocated(learner, start, examples, training.withEpochs(4));
            bytes = (double) (more - few) / (2 * STEPS_OF_EPOCH);
        }

        assertThat(bytes).as("bytes a step").isZero();
    }

    /** By this thread, during one training. */
    private long allocated(Learner learner, Parameters start, Examples examples, LocalTraining training)
            throws InterruptedException {
        long before = threads.getCurrentThreadAllocatedBytes();
        learner.fit(start, examples, training, new Seed(2));
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static Examples examples(Schema schema) {
        SplittableRandom random = new Seed(3).random();
        float[] inputs = new float[ROWS * schema.inputs()];
        float[] targets = new float[ROWS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = schema.equals(TEXT) ? random.nextInt(LETTERS.length()) : (float) random.nextDouble();
        }
        for (int i = 0; i < targets.length; i++) {
            targets[i] = random.nextInt(schema.outputs());
        }
        return new Examples(schema.inputs(), inputs, targets);
    }
}
