package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RunMandate;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Preprocessing.Scale;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Task;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How good models are, and models of single nodes, are asked for when the file says so, and in no other way. */
class MandatedMeasuringTest {
    private static final String FILE =
            """
                    hansa: 1
                    name: lines
                    data: {features: [x, z], label: {y: {type: category, values: [a, b]}}, holdOut: {every: 5}, standardise: false}
                    model: softmax
                    training: {steps: 2, batchSize: 8, rate: 0.1}
                    rounds: 5
                    cohort: {nodes: 4, minimumReports: 2}
                    """;
    private static final String MEASURED = FILE + "evaluation: {every: 2}\n";
    private static final String SEEN = FILE + "evaluation: {every: 0, crossSite: true}\n";
    private static final String TUNED = MEASURED + "personalization: fineTuning\n";
    private static final ModelSpec OTHER = new ModelSpec.Linear();
    private static final Detail TELLING = new Detail(true, true, 20, 20);

    private static RunSpec spec(String file) {
        return RunFileTest.read(file);
    }

    private static <T extends Task> T asked(String file, Class<T> kind, Predicate<T> which)
            throws InterruptedException {
        return AskedTasks.of(spec(file)).stream().filter(kind::isInstance).map(kind::cast).filter(which).findFirst()
                .orElseThrow();
    }

    private static boolean allows(String file, Task task) {
        RunSpec spec = spec(file);
        return new RunMandate(spec).objection(task, Optional.of(spec.terms())).isEmpty();
    }

    /** What was asked is allowed, and none of the lies. */
    private static void onlyAsAsked(String file, Task asked, Map<String, Task> lies) {
        assertThat(allows(file, asked)).as("%s", asked).isTrue();
        lies.forEach((name, lie) -> assertThat(allows(file, lie)).as(name).isFalse());
    }

    private static Preprocessing scaled(Schema schema) {
        return Preprocessing.of(schema, schema.features().stream()
                .collect(Collectors.toMap(column -> column.name(), column -> new Scale(0.5, 0.1))));
    }

    // ---- rounds

    private static Task.Evaluate inRound(Task.Evaluate of, int round) {
        return new Task.Evaluate(of.run(), round, of.data(), of.preprocessing(), of.model(), of.parameters(),
                of.detail(), 0, of.personalization());
    }

    private static Task.Personalise inRound(Task.Personalise of, int round) {
        return new Task.Personalise(of.run(), round, of.data(), of.preprocessing(), of.model(), of.parameters(),
                of.personalization(), of.training(), of.seed(), of.detail(), 0);
    }

    private static Task.Fit inRound(Task.Fit of, int round) {
        return new Task.Fit(of.run(), round, of.data(), of.preprocessing(), of.model(), of.parameters(), of.training(),
                of.compression(), of.seed(), of.timeLeft(), 0, of.personalization(), of.shown(), of.protection());
    }

    @Test
    void aModelIsMeasuredAfterTheRoundsThatTheFileNames() throws InterruptedException {
        Task.Evaluate asked = asked(MEASURED, Task.Evaluate.class, one -> one.round() == 2);
        for (int round = 0; round <= 6; round++) {
            assertThat(allows(MEASURED, inRound(asked, round))).as("round %s", round)
                    .isEqualTo(round == 2 || round == 4 || round == 5);
        }
        assertThat(allows(FILE + "evaluation: {every: 0}\n", asked)).isFalse();
    }

    @Test
    void modelsOfSingleNodesAreMeasuredAfterTheLastRound() throws InterruptedException {
        Task.Evaluate asked = asked(SEEN, Task.Evaluate.class, one -> true);
        for (int round = 0; round <= 6; round++) {
            assertThat(allows(SEEN, inRound(asked, round))).as("round %s", round).isEqualTo(round == 5);
        }
    }

    @Test
    void whatComesAfterTheLastRoundComesEarlierOnlyIfTheFileCanEndTheRun() throws InterruptedException {
        Task.Personalise own = asked(TUNED, Task.Personalise.class, one -> true);
        Task.Fit shown = asked(SEEN, Task.Fit.class, Task.Fit::shown);
        String stopping = "stop: {target: {metric: accuracy, value: 0.9}}\n";
        String seen = SEEN.replace("every: 0", "every: 2");
        for (int round = 0; round <= 6; round++) {
            assertThat(allows(TUNED, inRound(own, round))).as("own, round %s", round).isEqualTo(round == 5);
            assertThat(allows(seen, inRound(shown, round))).as("shown, round %s", round).isEqualTo(round == 5);
            boolean measured = round == 2 || round == 4 || round == 5;
            assertThat(allows(TUNED + stopping, inRound(own, round))).as("stopped, own, round %s", round)
                    .isEqualTo(measured);
            assertThat(allows(seen + stopping, inRound(shown, round))).as("stopped, shown, round %s", round)
                    .isEqualTo(measured);
        }
    }

    @Test
    void anyRoundOfOnesThatNobodyWaitsForMayBeMeasured() throws InterruptedException {
        String buffered = MEASURED + "strategy: {type: fedbuff, size: 2}\n";
        Task.Evaluate asked = asked(buffered, Task.Evaluate.class, one -> true);
        assertThat(allows(buffered, inRound(asked, 3))).as("an operator may end it there").isTrue();
        assertThat(allows(buffered, inRound(asked, 0))).isFalse();
    }

    // ---- one field at a time

    @Test
    void nothingElseOfAModelIsMeasured() throws InterruptedException {
        Task.Evaluate asked = asked(MEASURED, Task.Evaluate.class, one -> one.round() == 2);
        onlyAsAsked(MEASURED, asked, Map.of(
                "model", evaluate(asked, asked.preprocessing(), OTHER, asked.detail(), Personalization.none()),
                "scales", evaluate(asked, scaled(asked.data().schema()), asked.model(), asked.detail(),
                        Personalization.none()),
                "detail", evaluate(asked, asked.preprocessing(), asked.model(), TELLING, Personalization.none()),
                "personalization", evaluate(asked, asked.preprocessing(), asked.model(), asked.detail(),
                        new Ditto(0.1))));
    }

    private static Task.Evaluate evaluate(Task.Evaluate of, Preprocessing scales, ModelSpec model, Detail detail,
            Personalization own) {
        return new Task.Evaluate(of.run(), of.round(), of.data(), scales, model, of.parameters(), detail, 0, own);
    }

    @Test
    void nothingElseIsDoneToModelsOfNodesOwn() throws InterruptedException {
        Task.Personalise asked = asked(TUNED, Task.Personalise.class, one -> true);
        Personalization own = asked.personalization();
        onlyAsAsked(TUNED, asked, Map.of(
                "model", personalise(asked, asked.preprocessing(), OTHER, own, asked.training(), asked.detail()),
                "scales", personalise(asked, scaled(asked.data().schema()), asked.model(), own, asked.training(),
                        asked.detail()),
                "personalization", personalise(asked, asked.preprocessing(), asked.model(),
                        new FineTuning(9, OptionalDouble.empty()), asked.training(), asked.detail()),
                "training", personalise(asked, asked.preprocessing(), asked.model(), own,
                        asked.training().withRate(3), asked.detail()),
                "detail", personalise(asked, asked.preprocessing(), asked.model(), own, asked.training(), TELLING)));
        assertThat(allows(MEASURED, asked)).as("a file without any").isFalse();
    }

    private static Task.Personalise personalise(Task.Personalise of, Preprocessing scales, ModelSpec model,
            Personalization own, LocalTraining training, Detail detail) {
        return new Task.Personalise(of.run(), of.round(), of.data(), scales, model, of.parameters(), own, training,
                of.seed(), detail, 0);
    }

    @Test
    void nothingElseIsDoneToModelsThatOtherNodesSee() throws InterruptedException {
        Task.Fit asked = asked(SEEN, Task.Fit.class, Task.Fit::shown);
        LocalTraining training = asked.training();
        onlyAsAsked(SEEN, asked, Map.of(
                "model", fit(asked, asked.preprocessing(), OTHER, training, Compression.NONE),
                "scales", fit(asked, scaled(asked.data().schema()), asked.model(), training, Compression.NONE),
                "rate", fit(asked, asked.preprocessing(), asked.model(), training.withRate(3), Compression.NONE),
                "steps", fit(asked, asked.preprocessing(), asked.model(), training.withSteps(9), Compression.NONE),
                "rows", fit(asked, asked.preprocessing(), asked.model(),
                        training.withPrivacy(new ExamplePrivacy(1, 1, 1, 1e-5)), Compression.NONE),
                "compression", fit(asked, asked.preprocessing(), asked.model(), training,
                        Compression.of(Compression.Values.INT8)),
                "personalization", asked.with(new Ditto(0.1)),
                "protection", asked.protectedBy(new Protection(1, 8, false))));
        assertThat(allows(MEASURED, asked)).as("a file without any").isFalse();
    }

    private static Task.Fit fit(Task.Fit of, Preprocessing scales, ModelSpec model, LocalTraining training,
            Compression compression) {
        return new Task.Fit(of.run(), of.round(), of.data(), scales, model, of.parameters(), training, compression,
                of.seed(), of.timeLeft(), 0, of.personalization(), true, of.protection());
    }
}
