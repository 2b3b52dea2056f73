package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.strategy.Strategies;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers that stay with their clients. */
class LocalLayersTest {
    private static final Seed INITIAL = new Seed(7).derive("initial");
    private static final LocalTraining TRAINING = new LocalTraining(2, 5, 0.05, 0, 0, true);

    private final Remembering clients = new Remembering();

    /**
     * The model is w + b for x = 1. Client a has three rows that say 1, client b one that says -2. Of the rate ¼ a step takes a
     * quarter of what is missing to w and as much to b, of which b stays where it is.
     */
    @ParameterizedTest
    @CsvSource({
            "together, 1, 0.0625, 0.25, -0.5", "together, 2, 0.09375, 0.421875, -0.890625",
            "head first, 1, 0.046875, 0.25, -0.5"})
    void roundsWorkedOutByHand(String how, int rounds, float shared, float ownOfA, float ownOfB)
            throws InterruptedException {
        Schema schema = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
        LocalTraining oneStep = new LocalTraining(1, LocalTraining.FULL_BATCH, 0.25, 0, 0, false);
        RunSpec spec = new RunSpec("golden", "", new DataSpec("rows", schema, new HoldOut.None(), false),
                new ModelSpec.Linear(), Strategies.fedAvg(oneStep, Weighting.EXAMPLES), rounds,
                new Cohort(2, OptionalInt.empty(), 2, Duration.ofMinutes(1)), 0, StopRule.NEVER, new Seed(1))
                .with(new LocalLayers(List.of("*.bias"),
                        how.equals("together") ? OptionalInt.empty() : OptionalInt.of(1), new Seed(1)));
        Checkpoint end = clients.run(spec, Map.of("a", ones(schema, 3, 1), "b", ones(schema, 1, -2)));

        assertThat(end.state().parameters().layout().tensors()).extracting(TensorShape::name)
                .isEqualTo(List.of("layer1.weight"));
        assertThat(end.state().parameters().get(0)).isCloseTo(shared, within(1e-6f));
        for (Map.Entry<String, Float> own : Map.of("a", ownOfA, "b", ownOfB).entrySet()) {
            Parameters model = clients.own(own.getKey());
            assertThat(model.toArray()).containsExactly(new float[]{shared, own.getValue()}, within(1e-6f));
        }
    }

    private static Table ones(Schema schema, int rows, double label) {
        double[] x = new double[rows];
        double[] y = new double[rows];
        Arrays.fill(x, 1);
        Arrays.fill(y, label);
        return new Table(schema, new double[][]{x}, y, new boolean[rows]);
    }

    private static Map<String, Table> tables() {
        SortedMap<String, Table> tables = new TreeMap<>();
        List.of("a", "b", "c").forEach(
                client -> tables.put(client, RandomTables.of(RandomTables.CLASSES, 30, client.hashCode(), 4)));
        return tables;
    }

    private static RunSpec spec(int rounds) {
        RunSpec plain = Simulation.spec(RandomTables.CLASSES, new ModelSpec.Mlp(List.of(4, 3)),
                Strategies.fedAvg(TRAINING, Weighting.EXAMPLES), rounds, 3);
        DataSpec data = new DataSpec("rows", RandomTables.CLASSES, new HoldOut.Marked("part", "test"), true);
        return new RunSpec(plain.name(), plain.purpose(), data, plain.model(), plain.strategy(), rounds, plain.cohort(),
                1,
                plain.stop(), plain.seed());
    }

    private static LocalLayers layers(String... patterns) {
        return new LocalLayers(List.of(patterns), OptionalInt.empty(), INITIAL);
    }

    @Test
    void withoutLocalLayersItIsFedAvg() throws InterruptedException {
        Checkpoint shared = clients.run(spec(3), tables());
        Checkpoint none = clients.run(spec(3).with(layers("nothing")), tables());
        assertThat(none.state()).isEqualTo(shared.state());
        assertThat(none.history()).isEqualTo(shared.history());
    }

    @Test
    void theFirstRoundBeginsWithTheSameModelForAll() throws InterruptedException {
        Checkpoint shared = clients.run(spec(1), tables());
        Checkpoint local = clients.run(spec(1).with(layers("layer3.*")), tables());
        assertThat(local.state().parameters()).as("what is shared after one round").isEqualTo(
                shared.state().parameters().select(Set.of("layer1.weight", "layer1.bias", "layer2.weight",
                        "layer2.bias")));
    }

    @Test
    void eachEvaluatesTheModelThatItUses() throws InterruptedException {
        Checkpoint end = clients.run(spec(4).with(layers("layer1.*", "layer2.*", "layer3.weight")), tables());
        end.closing().personal().forEach((client, models) -> {
            assertThat(models.personal()).as(client)
                    .isEqualTo(end.history().get(3).clients().get(client).evaluation());
            assertThat(models.shared()).isEqualTo(Metrics.NONE);
        });
        assertThat(end.closing().personal()).hasSize(3);
    }

    @Test
    void anotherLoopGoesOnWithWhatIsLocal() throws InterruptedException {
        LocalLayers layers = layers("layer3.*");
        Checkpoint whole = clients.run(spec(4).with(layers), tables());
        Map<String, Parameters> own = new TreeMap<>();
        tables().keySet().forEach(client -> own.put(client, clients.own(client)));

        Store store = new MemoryStore(event -> {});
        SortedMap<String, Client> same = clients.clients(tables());
        Remembering.run(spec(2).with(layers), same, store);
        Remembering.run(spec(4).with(layers), same, store);
        assertThat(store.latest(Simulation.RUN).orElseThrow().state()).isEqualTo(whole.state());
        own.forEach((client, model) -> assertThat(clients.own(client)).isEqualTo(model));
    }
}
