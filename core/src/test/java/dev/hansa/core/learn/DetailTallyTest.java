package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Detail;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Counting by class and bin, against what the model predicts. */
class DetailTallyTest {
    private static final int ROWS = 200;

    private static Examples examples(long seed, int classes) {
        SplittableRandom random = new Seed(seed).random();
        float[] inputs = new float[ROWS * 3];
        float[] targets = new float[ROWS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) (4 * random.nextDouble() - 2);
        }
        for (int i = 0; i < ROWS; i++) {
            targets[i] = random.nextInt(classes);
        }
        return new Examples(3, inputs, targets);
    }

    private static Examples rows(Examples all, int from, int to) {
        return new Examples(3, Arrays.copyOfRange(all.inputs(), 3 * from, 3 * to),
                Arrays.copyOfRange(all.targets(), from, to));
    }

    private static Parameters parameters(Learner learner, long seed) {
        SplittableRandom random = new Seed(seed).random();
        float[] values = new float[learner.layout().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return Parameters.owning(learner.layout(), values);
    }

    @Test
    void countsAreThoseOfThePredictions() {
        Learner learner = new DenseLearner(List.of(3, 2), false, new CrossEntropy());
        for (int seed = 0; seed < 50; seed++) {
            Examples examples = examples(seed, 2);
            Parameters model = parameters(learner, seed);
            float[] predicted = learner.predict(model, examples);
            Map<String, Double> expected = new HashMap<>();
            for (int row = 0; row < ROWS; row++) {
                int label = (int) examples.targets()[row];
                double second = predicted[2 * row + 1];
                int taken = second > 0.5 ? 1 : 0;
                count(expected, "class.00" + label + ".rows");
                count(expected, "class.00" + taken + ".predicted");
                count(expected, "confusion.00" + label + ".00" + taken);
                count(expected,
                        String.format("score.%03d.%s", (int) (second * 10), label == 1 ? "positive" : "negative"));
                int confident = (int) (Math.max(second, 1 - second) * 5);
                count(expected, "confidence.00" + confident + ".rows");
                if (label == taken) {
                    count(expected, "class.00" + label + ".correct");
                    count(expected, "confidence.00" + confident + ".correct");
                }
            }
            Sums found = learner.evaluate(model, examples, new Detail(true, true, 10, 5));

            Map<String, Double> counts = new HashMap<>(found.values());
            counts.keySet().removeIf(name -> !name.contains(".") || name.endsWith(".sum"));
            assertThat(counts).isEqualTo(expected);
            assertThat(found.problem()).isEmpty();
        }
    }

    private static void count(Map<String, Double> counts, String name) {
        counts.merge(name, 1.0, Double::sum);
    }

    @Test
    void partsOfTheRowsAddUpToAll() {
        Learner learner = new DenseLearner(List.of(3, 4), false, new CrossEntropy());
        Detail detail = new Detail(true, true, 0, 20);
        for (int seed = 0; seed < 50; seed++) {
            Examples all = examples(seed, 4);
            Parameters model = parameters(learner, seed);
            int cut = 1 + new Seed(seed).random().nextInt(ROWS - 1);

            Sums together = learner.evaluate(model, rows(all, 0, cut), detail)
                    .plus(learner.evaluate(model, rows(all, cut, ROWS), detail));

            Metrics expected = Metrics.of(learner.evaluate(model, all, detail));
            Metrics.of(together).values().forEach((metric, value) -> assertThat(value).as(metric)
                    .isCloseTo(expected.get(metric).orElseThrow(), within(1e-12)));
            assertThat(Metrics.of(together).values()).hasSameSizeAs(expected.values())
                    .containsKeys(Metrics.F1, Metrics.BALANCED_ACCURACY, Metrics.CALIBRATION_ERROR);
        }
    }

    @Test
    void aModelThatDivergedIsCountedToo() {
        DetailTally tally = new DetailTally(new Detail(true, false, 10, 10), 2);
        tally.add(new double[]{Double.NaN, Double.NaN}, 0, 1);
        tally.add(new double[]{0, 1}, 1, 1);

        assertThat(tally.sums()).containsEntry("score.000.positive", 1.0).containsEntry("score.009.positive", 1.0);
    }

    @Test
    void whatIsNoClassCannotBeCounted() {
        Learner numbers = new DenseLearner(List.of(3, 1), false, new SquaredError());
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.evaluate(numbers.initial(new Seed(1)),
                examples(1, 2), new Detail(true, false, 0, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DetailTally(new Detail(false, false, 10, 0), 3));
    }
}
