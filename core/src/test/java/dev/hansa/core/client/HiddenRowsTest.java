package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.DriftCorrection;
import dev.hansa.core.strategy.ServerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a client tells of a training that hides its rows. */
class HiddenRowsTest {
    private static final Schema SCHEMA = RandomTables.CLASSES;
    private static final Table TABLE = RandomTables.of(SCHEMA, 40, 1);
    private static final ModelSpec MODEL = new ModelSpec.Mlp(List.of(5));
    private static final ExamplePrivacy PRIVACY = new ExamplePrivacy(1, 1, 0.2, 1e-3);
    private static final LocalTraining TRAINING = new LocalTraining(1, 5, 0.1, 0, 0, true).withSteps(6);

    private ClientMemory memory = ClientMemory.inMemory();

    /** One that remembers nothing yet, for in each round it tells one update. */
    private Client client(Table table, NoiseSource noise) {
        memory = ClientMemory.inMemory();
        return new Client(Map.of("rows", spec -> table), Consent.TO_ALL, memory, Client.TIMELESS, noise);
    }

    private static Task.Fit fit(ModelSpec model, LocalTraining training, Personalization own) {
        Parameters whole = Learners.of(model, SCHEMA).initial(new Seed(1));
        Parameters start = own instanceof LocalLayers layers
                ? whole.select(layers.shared(whole.layout()).tensors().stream().map(TensorShape::name)
                        .collect(Collectors.toSet()))
                : whole;
        return new Task.Fit("run", 1, new DataSpec("rows", SCHEMA, new HoldOut.None(), true),
                Preprocessing.standardising(SCHEMA, TableStatistics.of(TABLE)), model,
                DriftCorrection.of(training).sent(ServerState.start(start)),
                training, Compression.NONE, new Seed(9), Optional.empty(), 0, own);
    }

    private ModelUpdate update(Task.Fit fit) throws InterruptedException {
        return ((Report.Fitted) client(TABLE, SeededBytes::new).perform(fit)).update();
    }

    /** What a client tells in the second round that did that in the first. */
    private Parameters second(Task.Fit first, Task.Fit then) throws InterruptedException {
        Client client = client(TABLE, SeededBytes::new);
        assertThat(client.perform(first)).isInstanceOf(Report.Fitted.class);
        Task.Fit next = new Task.Fit(then.run(), 2, then.data(), then.preprocessing(), then.model(), then.parameters(),
                then.training(), then.compression(), then.seed(), then.timeLeft(), 1, then.personalization());
        return Parameters.load(((Report.Fitted) client.perform(next)).update().difference());
    }

    private String refused(Table table, Task.Fit fit) throws InterruptedException {
        return ((Report.Refused) client(table, SeededBytes::new).perform(fit)).reason();
    }

    @Test
    void tellsItsUpdateItsStepsAndHowManyRowsThereAre() throws InterruptedException {
        ModelUpdate update = update(fit(MODEL, TRAINING.withPrivacy(PRIVACY), Personalization.none()));
        assertThat(update.sums().values()).isEqualTo(Map.of(Sums.STEPS, 6.0));
        assertThat(update.sums().problem()).isEmpty();
        assertThat(update.weight()).isEqualTo(40);
        assertThat(update.share()).isEqualTo(1);
        assertThat(Parameters.load(update.difference()).l2Norm()).isGreaterThan(0.1);
    }

    @Test
    void itsNoiseIsThatOfItsSourceAndNotOfTheTask() throws InterruptedException {
        Task.Fit fit = fit(MODEL, TRAINING.withPrivacy(PRIVACY), Personalization.none());
        assertThat(update(fit).difference()).isEqualTo(update(fit).difference());
        Report first = client(TABLE, NoiseSource.SECRET).perform(fit);
        assertThat(((Report.Fitted) first).update().difference())
                .isNotEqualTo(((Report.Fitted) client(TABLE, NoiseSource.SECRET).perform(fit)).update().difference());
    }

    @Test
    void aPromiseThatGivingAwayARowWouldKeepIsRefused() throws InterruptedException {
        LocalTraining careless = TRAINING.withPrivacy(new ExamplePrivacy(1, 1, 0.2, 0.03));
        assertThat(refused(TABLE, fit(MODEL, careless, Personalization.none())))
                .contains("a delta of 0.03, and there are 40 rows").contains("far below 0.025");
        Table fewer = RandomTables.of(SCHEMA, 33, 1);
        assertThat(client(fewer, SeededBytes::new).perform(fit(MODEL, careless, Personalization.none())))
                .isInstanceOf(Report.Fitted.class);
    }

    @Test
    void whatWouldTellOfRowsBesideIsRefused() throws InterruptedException {
        LocalTraining hiding = TRAINING.withPrivacy(PRIVACY);
        assertThat(refused(TABLE, fit(new ModelSpec.Mlp(List.of(5), Normalization.BATCH), hiding,
                Personalization.none()))).contains("batch normalisation mixes the rows");
        assertThat(refused(TABLE, fit(MODEL, hiding, layers(OptionalInt.of(1))))).contains("expected no headEpochs");
        assertThat(refused(TABLE, fit(MODEL, hiding, new Clusters(2)))).contains("cannot be protected");
    }

    private static LocalLayers layers(OptionalInt headEpochs) {
        return new LocalLayers(List.of("layer2.*"), headEpochs, new Seed(1));
    }

    /** Layers of its own are trained with the others, by the same noised gradient: what is sent tells no more through them. */
    @Test
    void layersOfItsOwnHideRowsToo() throws InterruptedException {
        ExamplePrivacy loud = new ExamplePrivacy(1, 1000, 0.2, 1e-3);
        Parameters shared = Parameters.load(update(fit(MODEL, TRAINING.withPrivacy(loud), layers(OptionalInt.empty())))
                .difference());
        assertThat(shared.layout().tensors()).extracting(TensorShape::name).containsExactly("layer1.weight",
                "layer1.bias");
        Parameters own = Bundle.part(Fitting.hidden(OwnLayers.NAME), memory.of("run", 1).orElseThrow());
        assertThat(own.l2Norm()).isGreaterThan(10); // 1000 / 8 a value and step, times the rate
    }

    /** A coordinator that asks for one thing first and for another then would get rows beneath no noise. */
    @Test
    void whatWasLearntWithoutNoiseIsNoBeginningOfATrainingThatHidesRows() throws InterruptedException {
        Task.Fit hiding = fit(MODEL, TRAINING.withPrivacy(PRIVACY), layers(OptionalInt.empty()));
        Parameters alone = Parameters.load(update(hiding).difference());
        assertThat(second(fit(MODEL, TRAINING, layers(OptionalInt.empty())), hiding)).isEqualTo(alone);
        assertThat(second(hiding, hiding)).as("what it learnt beneath noise goes on").isNotEqualTo(alone);
        Task.Fit drifting = fit(MODEL, TRAINING.withDrift(Drift.SCAFFOLD).withPrivacy(PRIVACY), Personalization.none());
        assertThat(second(fit(MODEL, TRAINING.withDrift(Drift.SCAFFOLD), Personalization.none()), drifting))
                .isEqualTo(Parameters.load(update(drifting).difference()));
    }

    /** The whole model of the first round is what is a client's own of the second's. */
    @Test
    void aModelOfItsOwnIsNoneOfTheLayersOfAnother() throws InterruptedException {
        int classes = SCHEMA.outputs();
        ModelSpec deeper = new ModelSpec.Mlp(List.of(5, classes));
        LocalLayers all = new LocalLayers(List.of("layer1.*", "layer2.*"), OptionalInt.empty(), new Seed(1));
        assertThat(new OwnLayers(all, Learners.of(deeper, SCHEMA).layout()).own())
                .isEqualTo(Learners.of(MODEL, SCHEMA).layout());
        for (LocalTraining training : List.of(TRAINING, TRAINING.withPrivacy(PRIVACY))) {
            Task.Fit then = fit(deeper, training, all);
            assertThat(second(fit(MODEL, TRAINING.withPrivacy(PRIVACY), new Ditto(0.1)), then))
                    .isEqualTo(Parameters.load(update(then).difference()));
        }
    }

    /** The step is so large that nothing finite is left. */
    @Test
    void aTrainingThatDivergesTellsZeros() throws InterruptedException {
        LocalTraining wild = new LocalTraining(1, 5, 1e30, 0.9, 1e20, true).withSteps(30).withPrivacy(PRIVACY);
        ModelUpdate update = update(fit(MODEL, wild, Personalization.none()));
        assertThat(Parameters.load(update.difference()).l2Norm()).isZero();
        assertThat(update.sums().values()).isEqualTo(Map.of(Sums.STEPS, 30.0));
        ModelUpdate drifting = update(fit(MODEL, new LocalTraining(1, 5, 1e30, 0, 1e20, true).withSteps(30)
                .withDrift(Drift.SCAFFOLD).withPrivacy(PRIVACY), Personalization.none()));
        assertThat(Parameters.load(drifting.difference()).l2Norm()).isZero();
        assertThat(memory.of("run", 1)).as("nothing finite to remember").isEmpty();
    }

    /** A model that stays with its owner is trained without noise; the shared one beside it is the same as alone. */
    @Test
    void aModelOfItsOwnLearnsWithoutNoise() throws InterruptedException {
        ModelUpdate alone = update(fit(MODEL, TRAINING.withPrivacy(PRIVACY), Personalization.none()));
        ModelUpdate beside = update(fit(MODEL, TRAINING.withPrivacy(PRIVACY), new Ditto(0.1)));
        assertThat(beside.difference()).isEqualTo(alone.difference());
        Parameters own = Bundle.part(Fitting.BESIDE, memory.of("run", 1).orElseThrow());
        assertThat(own.size()).isPositive();
        update(fit(MODEL, TRAINING, new Ditto(0.1)));
        assertThat(Bundle.part(Fitting.BESIDE, memory.of("run", 1).orElseThrow())).isEqualTo(own);
    }

    /** Without anything to hide, so that what a plain training keeps is what it keeps. */
    @Test
    void whatIsRememberedOfRoundsStaysAsItIs() throws InterruptedException {
        LocalTraining all = new LocalTraining(1, LocalTraining.FULL_BATCH, 0.1, 0, 0, false).withSteps(6)
                .withDrift(Drift.SCAFFOLD);
        Parameters plain = Parameters.load(update(fit(MODEL, all, Personalization.none())).difference());
        Parameters kept = Bundle.part(Fitting.DRIFT, memory.of("run", 1).orElseThrow());
        ExamplePrivacy nothing = new ExamplePrivacy(100, 1e-9, 1, 1e-3);
        Parameters hidden =
                Parameters.load(update(fit(MODEL, all.withPrivacy(nothing), Personalization.none())).difference());
        assertThat(hidden.minus(plain).l2Norm()).isLessThan(1e-5 * plain.l2Norm());
        assertThat(Bundle.part(Fitting.hidden(Fitting.DRIFT), memory.of("run", 1).orElseThrow()).minus(kept).l2Norm())
                .isCloseTo(0,
                        within(1e-4));
    }
}
