package dev.hansa.wire.message;

import static dev.hansa.wire.message.Samples.BLOB;
import static dev.hansa.wire.message.Samples.DATA;
import static dev.hansa.wire.message.Samples.FIT;
import static dev.hansa.wire.message.Samples.PARAMETERS;
import static dev.hansa.wire.message.Samples.PREPROCESSING;
import static dev.hansa.wire.message.Samples.SCHEMA;
import static dev.hansa.wire.message.Samples.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.hansa.core.client.Link;
import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.core.model.ModelSpec.Precision;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.question.Standardising;
import dev.hansa.wire.proto.Next;
import dev.hansa.wire.proto.Task.Standardise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskCodecTest {
    private static final DataSpec CLASSES = new DataSpec("digits", new Schema(List.of(new Column.Number("x", "")),
            new Column.Category("y", "", List.of("no", "yes"))), new HoldOut.None(), false);

    private static Task hidden(boolean own) {
        return new Task.Describe("run-3", CLASSES, Optional.of(new Standardising(
                new TreeMap<>(Map.of("x", new Bounds(-1.5, 1e9))), !own, 3.25, own)), new Seed(-7));
    }

    private static dev.hansa.wire.proto.Task broken(Consumer<Standardise.Builder> change) {
        var message = TaskCodec.encode("t", hidden(true), parameters -> BLOB).toBuilder();
        change.accept(message.getStandardiseBuilder());
        return message.build();
    }

    @Test
    void whatIsAskedToStandardiseIsHeldToItsColumnsBoundsAndNoise() {
        for (var message : List.of(broken(asked -> asked.clearBounds()), broken(asked -> asked.setNoise(0)),
                broken(asked -> asked.setNoise(Double.NaN)), broken(asked -> asked.setNoise(1e-300)),
                broken(asked -> asked.getBoundsBuilder(0).setColumn("z")),
                broken(asked -> asked.getBoundsBuilder(0).setHigh(-2)),
                broken(asked -> asked.getBoundsBuilder(0).setLow(Double.NEGATIVE_INFINITY)))) {
            assertThatThrownBy(() -> TaskCodec.decode(message, blob -> PARAMETERS))
                    .isInstanceOf(MalformedMessageException.class).hasMessageContaining("standardise");
        }
    }

    static List<Task> tasks() {
        DataSpec marked = new DataSpec("digits", SCHEMA, new HoldOut.Marked("part", "test"), false);
        DataSpec none = new DataSpec("all", SCHEMA, new HoldOut.None(), false);
        return List.of(FIT, new Task.Describe("run-1", DATA), new Task.Describe("run-2", marked),
                hidden(true), hidden(false),
                new Task.Evaluate("run-1", 50, none, PREPROCESSING, new ModelSpec.Linear(), PARAMETERS),
                new Task.Fit("r", 1, CLASSES, Preprocessing.identity(CLASSES.schema()), new ModelSpec.Softmax(),
                        PARAMETERS, TRAINING, FIT.seed()),
                evaluate(new Detail(true, true, 20, 0)), evaluate(new Detail(false, false, 200, 100)),
                FIT.within(Duration.ofMillis(61_234)), FIT.after(2), FIT.shownToOthers(), FIT.within(Duration.ZERO),
                new Task.Fit("r", 1, CLASSES, Preprocessing.identity(CLASSES.schema()), new ModelSpec.Softmax(),
                        PARAMETERS, TRAINING.withClipNorm(0.5), FIT.seed()),
                new Task.Fit("r", 1, CLASSES, Preprocessing.identity(CLASSES.schema()), new ModelSpec.Softmax(),
                        PARAMETERS, TRAINING.withSteps(7).withPrivacy(new ExamplePrivacy(0.5, 1.1, 0.05, 1e-6)),
                        FIT.seed()),
                personalise(new FineTuning(3, OptionalDouble.empty())),
                personalise(new FineTuning(1, OptionalDouble.of(0.02))), personalise(layers(OptionalInt.empty())),
                FIT.with(new Ditto(0.25)), FIT.with(new Clusters(3)), FIT.protectedBy(new Protection(0.5, 0, true)),
                FIT.protectedBy(new Protection(2, 0.75, false)),
                FIT.with(new LocalLayers(List.of("layer3.*"), OptionalInt.of(2), new Seed(-5))),
                new Task.Evaluate("r", 1, CLASSES, Preprocessing.identity(CLASSES.schema()), new ModelSpec.Softmax(),
                        PARAMETERS, Detail.NONE, 1, layers(OptionalInt.of(3))));
    }

    private static Task.Evaluate evaluate(Detail detail) {
        return new Task.Evaluate("r", 1, CLASSES, Preprocessing.identity(CLASSES.schema()), new ModelSpec.Softmax(),
                PARAMETERS, detail);
    }

    private static Personalization layers(OptionalInt headEpochs) {
        return new LocalLayers(List.of("*.bias"), headEpochs, new Seed(7));
    }

    private static Task.Personalise personalise(Personalization how) {
        return new Task.Personalise("r", 9, CLASSES, Preprocessing.identity(CLASSES.schema()), new ModelSpec.Softmax(),
                PARAMETERS, how, TRAINING, FIT.seed(), new Detail(true, false, 0, 10), 8);
    }

    @Test
    void aMethodThatThisVersionDoesNotKnowIsRefused() {
        dev.hansa.wire.proto.Task.Builder message =
                TaskCodec.encode("t-1", personalise(new FineTuning(3, OptionalDouble.empty())), parameters -> BLOB)
                        .toBuilder();
        message.getPersonaliseBuilder().clearPersonalization();

        assertThatThrownBy(() -> TaskCodec.decode(message.build(), Samples.blobs(Map.of(BLOB, PARAMETERS))))
                .hasMessageContaining("personalization: names no method that this version knows");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"true | false | 1 | 0 | detail: scoreBins is 1, expected 0, or from 2 to 200",
            "true | false | 0 | 201 | detail: confidenceBins is 201", "true | false | -1 | 0 | detail: scoreBins is -1",
            "false | true | 0 | 0 | detail: a confusion matrix is asked for without the counts of the classes",
            "true | true | 200 | 200 | detail: it adds 1010 numbers for 2 classes, expected at most 900"})
    void detailBeyondItsBoundsIsRefused(boolean classes, boolean confusion, int scores, int confidences,
            String problem) {
        dev.hansa.wire.proto.Task.Builder message =
                TaskCodec.encode("t-1", evaluate(Detail.NONE), parameters -> BLOB).toBuilder();
        message.getEvaluateBuilder().getDetailBuilder().setClasses(classes).setConfusion(confusion)
                .setScoreBins(scores).setConfidenceBins(confidences);

        assertThatThrownBy(() -> TaskCodec.decode(message.build(), Samples.blobs(Map.of(BLOB, PARAMETERS))))
                .isInstanceOf(MalformedMessageException.class).hasMessageContaining(problem);
    }

    @Test
    void modelsTellTheNumbersInWhichTheyTrain() {
        List.of(new ModelSpec.Linear(), new ModelSpec.Softmax(Precision.SINGLE),
                new ModelSpec.Mlp(List.of(3)).in(Precision.SINGLE),
                new ModelSpec.Cnn(28, 20, List.of(8, 16), 5, List.of(32)),
                new ModelSpec.Recurrent(ModelSpec.Cell.LSTM, 8, 128, 2),
                new ModelSpec.Recurrent(ModelSpec.Cell.GRU, 8, 128, 2))
                .forEach(model -> assertThat(ModelCodec.decode(ModelCodec.encode(model))).isEqualTo(model));

        assertThatThrownBy(() -> ModelCodec.decode(dev.hansa.wire.proto.ModelSpec.newBuilder()
                .setCnn(dev.hansa.wire.proto.ModelSpec.Cnn.newBuilder().setHeight(28).setWidth(28).setSide(4)
                        .addFilters(3))
                .build())).isInstanceOf(MalformedMessageException.class).hasMessageContaining("odd number");
        dev.hansa.wire.proto.ModelSpec.Builder gru =
                ModelCodec.encode(new ModelSpec.Recurrent(ModelSpec.Cell.GRU, 8, 128, 2)).toBuilder();
        assertRefused(gru, "model.recurrent.layers: found 1001, expected at most 1000", one -> one.setLayers(1001));
        assertRefused(gru, "model.recurrent: a recurrent network has vectors of 0 numbers", one -> one.setEmbedding(0));
        assertRefused(gru, "expected lstm or gru", one -> one.setCellValue(2));
        assertThatThrownBy(() -> ModelCodec.decode(ModelCodec.encode(new ModelSpec.Linear()).toBuilder()
                .setPrecisionValue(7).build())).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("expected double or single");
    }

    private static void assertRefused(dev.hansa.wire.proto.ModelSpec.Builder good, String problem,
            Consumer<dev.hansa.wire.proto.ModelSpec.Recurrent.Builder> defect) {
        dev.hansa.wire.proto.ModelSpec.Builder message = good.clone();
        defect.accept(message.getRecurrentBuilder());
        assertThatThrownBy(() -> ModelCodec.decode(message.build())).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void normalizationTravels() {
        ModelSpec model = new ModelSpec.Mlp(List.of(8, 4), Normalization.BATCH);

        assertThat(ModelCodec.decode(ModelCodec.encode(model))).isEqualTo(model);
        assertThat(ModelCodec.encode(new ModelSpec.Mlp(List.of(8, 4))).getMlp().toByteArray())
                .as("what a node of before reads").isEqualTo(new byte[]{10, 2, 8, 4});
        assertThatThrownBy(() -> ModelCodec.decode(ModelCodec.encode(model).toBuilder()
                .setMlp(ModelCodec.encode(model).getMlp().toBuilder().setNormalizationValue(7)).build()))
                .hasMessageContaining("expected none or batch");
    }

    @Test
    void numbersHaveNoDetail() {
        dev.hansa.wire.proto.Task.Builder message = TaskCodec.encode("t-1", new Task.Evaluate("run-1", 50, DATA,
                PREPROCESSING, new ModelSpec.Linear(), PARAMETERS), parameters -> BLOB).toBuilder();
        message.getEvaluateBuilder().getDetailBuilder().setClasses(true);

        assertThatThrownBy(() -> TaskCodec.decode(message.build(), Samples.blobs(Map.of(BLOB, PARAMETERS))))
                .hasMessageContaining("detail: it counts classes, and the label is a number");
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aTaskComesBackAsItWasSent(Task task) {
        byte[] bytes = NextCodec.encode(new Link.Next.Work("t-1", task), parameters -> BLOB).toByteArray();

        Link.Next next = NextCodec.decode(Messages.parse(Next.parser(), bytes),
                Samples.blobs(Map.of(BLOB, PARAMETERS)));

        assertThat(next).isEqualTo(new Link.Next.Work("t-1", task));
    }

    @Test
    void pausesAndFarewellsComeBackAsTheyWereSent() {
        for (Link.Next next : List.of(new Link.Next.Later(Duration.ofMillis(1234)), new Link.Next.Leave("removed"))) {
            Next message = NextCodec.encode(next, parameters -> BLOB);
            assertThat(NextCodec.decode(message, Samples.blobs(Map.of()))).isEqualTo(next);
        }
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                defect("run: found no name", task -> task.clearRun()),
                defect("run: found 257 characters, expected at most 256", task -> task.setRun("r".repeat(257))),
                defect("round: found 4294967295", task -> task.setRound(-1)),
                defect("counted_round: found 3, expected a round before 3",
                        task -> task.getFitBuilder().setCountedRound(3)),
                defect("counted_round: is missing",
                        task -> task.getFitBuilder().clearCountedRound().getTrainingBuilder()
                                .setMomentum(0).setDrift(dev.hansa.wire.proto.LocalTraining.Drift.SCAFFOLD)),
                defect("data: is missing", task -> task.clearData()),
                defect("data.set: found no name", task -> task.getDataBuilder().setSet(" ")),
                defect("data.set: found the control character U+0085 at 1, expected none",
                        task -> task.getDataBuilder().setSet("a\u0085")),
                defect("data: the schema names no feature", task -> task.getDataBuilder().clearFeatures()),
                defect("data.label: is missing", task -> task.getDataBuilder().clearLabel()),
                defect("data.features[1].categories: column river declares",
                        task -> task.getDataBuilder().getFeaturesBuilder(1).clearCategories().addCategories("one")),
                defect("data: the schema names the column rooms twice",
                        task -> task.getDataBuilder()
                                .addFeatures(dev.hansa.wire.proto.Column.newBuilder().setName("rooms"))),
                defect("data.hold_out.every: every 1th row", task -> task.getDataBuilder().getHoldOutBuilder()
                        .setEvery(1)),
                defect("data.features: found 10001 entries", task -> {
                    dev.hansa.wire.proto.Column column = dev.hansa.wire.proto.Column.newBuilder().setName("x").build();
                    Stream.generate(() -> column).limit(9_999).forEach(task.getDataBuilder()::addFeatures);
                }),
                defect("data: found ", task -> task.getDataBuilder().getFeaturesBuilder(1).addAllCategories(
                        Stream.iterate(1_000, i -> i + 1).limit(9_000).map(i -> i + "c".repeat(30)).toList())),
                defect("task: asks nothing that this version knows", task -> task.clearAsk()),
                defect("preprocessing.label: a scale has", task -> task.getFitBuilder().getPreprocessingBuilder()
                        .clearLabel()),
                defect("preprocessing.features[0]: a scale has the mean NaN", task -> task.getFitBuilder()
                        .getPreprocessingBuilder().getFeaturesBuilder(0).setMean(Double.NaN)),
                defect("preprocessing: got 1 scales for 2 features",
                        task -> task.getFitBuilder().getPreprocessingBuilder().removeFeatures(1)),
                defect("model: names no family", task -> task.getFitBuilder().clearModel()),
                defect("model.mlp.hidden: an MLP has the hidden layers [0]", task -> task.getFitBuilder()
                        .getModelBuilder().getMlpBuilder().clearHidden().addHidden(0)),
                defect("training: epochs is 0", task -> task.getFitBuilder().clearTraining()),
                defect("training: momentum is NaN",
                        task -> task.getFitBuilder().getTrainingBuilder().setMomentum(Double.NaN)),
                defect("training: clipNorm is OptionalDouble[0.0], expected none, or a finite number greater than 0",
                        task -> task.getFitBuilder().getTrainingBuilder().setClipNorm(0)),
                defect("training.privacy.noise: found 0.0, expected from 1.0E-30",
                        task -> task.getFitBuilder().getTrainingBuilder().getPrivacyBuilder().setClip(1)
                                .setSampling(1).setDelta(0.5)),
                defect("training.privacy.sampling: found NaN, expected from 1.0E-12",
                        task -> task.getFitBuilder().getTrainingBuilder().getPrivacyBuilder().setClip(1).setNoise(1)
                                .setSampling(Double.NaN).setDelta(0.5)),
                defect("training: steps is none, expected a number where each row is to be hidden",
                        task -> task.getFitBuilder().getTrainingBuilder().clearSteps().getPrivacyBuilder().setClip(1)
                                .setNoise(1).setSampling(1).setDelta(0.5)),
                defect("training.epochs: found 10001, expected at most 10000",
                        task -> task.getFitBuilder().getTrainingBuilder().setEpochs(10_001)),
                defect("training.epochs: found 4294967295, expected at most 10000",
                        task -> task.getFitBuilder().getTrainingBuilder().setEpochs(-1)),
                defect("training.batch_size: found 16777217, expected at most 16777216",
                        task -> task.getFitBuilder().getTrainingBuilder().setBatchSize((1 << 24) + 1)),
                defect("model: model softmax predicts a class", task -> task.getFitBuilder().getModelBuilder()
                        .setSoftmax(dev.hansa.wire.proto.ModelSpec.Softmax.getDefaultInstance())),
                defect("parameters: found 1048901 bytes, expected at most 1048900 for a model of 81 values",
                        task -> task.getFitBuilder().getParametersBuilder().setSizeBytes(1_048_901)),
                defect("parameters: is missing", task -> task.getFitBuilder().clearParameters()),
                defect("time_left_millis: found 18446744073709551615, expected at most",
                        task -> task.getFitBuilder().setTimeLeftMillis(-1)),
                defect("parameters: a SHA-256 has 32 bytes, got 3", task -> task.getFitBuilder()
                        .getParametersBuilder().setSha256(ByteString.copyFrom(new byte[3]))),
                defect("parameters: a blob has -1 bytes",
                        task -> task.getFitBuilder().getParametersBuilder().setSizeBytes(-1)));
    }

    private static Arguments defect(String message, Consumer<dev.hansa.wire.proto.Task.Builder> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void aMalformedTaskIsRefusedByFieldBeforeItsBlobIsFetched(String message,
            Consumer<dev.hansa.wire.proto.Task.Builder> change) {
        dev.hansa.wire.proto.Task.Builder task = TaskCodec.encode("t-1", FIT, parameters -> BLOB).toBuilder();
        change.accept(task);

        assertThatThrownBy(() -> TaskCodec.blob(task.build())).isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith(message);
        assertThatThrownBy(() -> TaskCodec.decode(task.build(), Samples.blobs(Map.of())))
                .isInstanceOfSatisfying(MalformedMessageException.class, e -> assertThat(e.retrySafe()).isFalse())
                .hasMessageStartingWith(message);
    }

    @Test
    void theBlobOfASoundTaskCanBeFetchedBeforeItIsDecoded() {
        assertThat(TaskCodec.blob(TaskCodec.encode("t", FIT, parameters -> BLOB))).contains(BLOB);
        assertThat(TaskCodec.blob(TaskCodec.encode("t", new Task.Describe("r", DATA), parameters -> BLOB))).isEmpty();
    }

    @Test
    void aTaskWithoutAnIdIsRefused() {
        dev.hansa.wire.proto.Task task = TaskCodec.encode("", FIT, parameters -> BLOB);

        assertThatThrownBy(() -> TaskCodec.id(task)).hasMessageStartingWith("id: found no name");
    }

    @Test
    void anEmptyAnswerOrAnEndlessPauseIsRefused() {
        assertThatThrownBy(() -> NextCodec.decode(Next.getDefaultInstance(), Samples.blobs(Map.of())))
                .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith("next: is empty");
        Next endless = Next.newBuilder().setLater(Next.Later.newBuilder().setPauseMillis(-1)).build();
        assertThatThrownBy(() -> NextCodec.decode(endless, Samples.blobs(Map.of())))
                .isInstanceOf(MalformedMessageException.class).hasMessageStartingWith("later.pause_millis: found 1844");
    }

    @Test
    void bytesThatAreNoMessageAreRefused() {
        assertThatThrownBy(() -> Messages.parse(Next.parser(), new byte[]{10, 100, 1}))
                .isInstanceOf(MalformedMessageException.class).hasMessageContaining("3 bytes are no message");
    }
}
