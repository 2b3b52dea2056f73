package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Several models, of which each client takes the best for itself. */
class ClustersTest {
    private static final Schema LINE = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
    private static final Strategy FED_AVG =
            Strategies.fedAvg(new LocalTraining(2, 5, 0.1, 0, 0, true), Weighting.EXAMPLES);

    private final Remembering clients = new Remembering();

    /** As in {@link GoldenRoundsTest}: of two models with b above and at 0, a (1) takes the former, b (-2) the latter. */
    @Test
    void aRoundWorkedOutByHand() throws InterruptedException {
        Strategy twoSteps = Strategies.fedAvg(new LocalTraining(2, LocalTraining.FULL_BATCH, 0.5, 0, 0, false),
                Weighting.EXAMPLES);
        RunSpec spec = alone(GoldenRoundsTest.spec(twoSteps, 1)).with(new Clusters(2));
        float second = firstBias(spec, 2);
        assertThat(second).as("where the second model begins, of this seed").isPositive();
        Checkpoint end = clients.run(spec, GoldenRoundsTest.TABLES);

        assertThat(bias(end, 1)).as("b alone: from 0 to -1.5").isCloseTo(-1.5f, within(1e-6f));
        assertThat(bias(end, 2)).as("a alone: three quarters of the way to 1").isCloseTo(1 - (1 - second) / 4,
                within(1e-6f));
        assertThat(end.history().get(0).clusters())
                .isEqualTo(Map.of(1, new TreeSet<>(List.of("b")), 2, new TreeSet<>(List.of("a"))));
        assertThat(clients.own("a").get(1)).isEqualTo(bias(end, 2));
        assertThat(clients.own("b").get(1)).isEqualTo(bias(end, 1));
    }

    /** The same run, in which a single update may be seen. */
    private static RunSpec alone(RunSpec spec) {
        return new RunSpec(spec.name(), spec.purpose(), spec.data(), spec.model(), spec.strategy(), spec.rounds(),
                new Cohort(2, OptionalInt.empty(), 1, Duration.ofMinutes(1)), spec.evaluation().every(), spec.stop(),
                spec.seed());
    }

    @Test
    void aModelOfASingleUpdateIsNeverMadeWhereTwoAreTheLeast() throws InterruptedException {
        RunSpec spec = GoldenRoundsTest.spec(FED_AVG, 1).with(new Clusters(2));
        assertThat(spec.cohort().minimumReports()).isEqualTo(2);
        Checkpoint end = clients.run(spec, GoldenRoundsTest.TABLES);

        assertThat(end.history().get(0).clusters().values()).as("each alone").allMatch(chosen -> chosen.size() == 1);
        assertThat(List.of(bias(end, 1), bias(end, 2))).containsExactly(0f, firstBias(spec, 2));
    }

    private static float bias(Checkpoint end, int cluster) {
        return Bundle.part(Clusters.part(cluster), end.state().parameters()).get(1);
    }

    /** A run in which nobody moves anything. */
    private static float firstBias(RunSpec spec, int cluster) throws InterruptedException {
        RunSpec still = spec.with(Strategies.fedAvg(new LocalTraining(1, 0, 1e-30, 0, 0, false), Weighting.EXAMPLES));
        return bias(new Remembering().run(still, GoldenRoundsTest.TABLES), cluster);
    }

    @Test
    void oneClusterIsFedAvg() throws InterruptedException {
        SortedMap<String, Table> tables = new TreeMap<>();
        List.of("a", "b", "c").forEach(
                client -> tables.put(client, RandomTables.of(RandomTables.CLASSES, 30, client.hashCode(), 4)));
        RunSpec spec = Remembering.withData(
                Simulation.spec(RandomTables.CLASSES, new ModelSpec.Mlp(List.of(4)), FED_AVG, 4, 3),
                new DataSpec("rows", RandomTables.CLASSES, new HoldOut.Marked("part", "test"), true));
        Checkpoint one = clients.run(spec.with(new Clusters(1)), tables);
        Checkpoint plain = new Remembering().run(spec, tables);
        assertThat(Bundle.part(Clusters.part(1), one.state().parameters())).isEqualTo(plain.state().parameters());
        assertThat(one.history()).extracting(round -> round.evaluation())
                .isEqualTo(plain.history().stream().map(round -> round.evaluation()).toList());
    }

    /** Of y = 3 x and y = -3 x a single line is good to nobody. */
    @Test
    void clientsOfAKindFindEachOther() throws InterruptedException {
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < 8; client++) {
            tables.put("client-" + client, line(client % 2 == 0 ? 3 : -3, client));
        }
        RunSpec spec = Remembering.withData(
                Simulation.spec(LINE, new ModelSpec.Linear(), FED_AVG, 15, 8),
                new DataSpec("rows", LINE, new HoldOut.Marked("part", "test"), false));
        Checkpoint end = clients.run(spec.with(new Clusters(2)), tables);

        assertThat(end.history().get(14).clusters().values()).extracting(TreeSet::new).containsExactlyInAnyOrder(
                new TreeSet<>(List.of("client-0", "client-2", "client-4", "client-6")),
                new TreeSet<>(List.of("client-1", "client-3", "client-5", "client-7")));
        assertThat(end.closing().personal()).hasSize(8);
        for (Closing.Personal node : end.closing().personal().values()) {
            assertThat(node.personal().get(Metrics.RMSE).orElseThrow()).isLessThan(0.2);
            assertThat(node.shared()).isEqualTo(Metrics.NONE);
        }
    }

    private static Table line(double slope, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(40, -1, 1).toArray();
        double[] y = new double[40];
        boolean[] heldOut = new boolean[40];
        for (int row = 0; row < 40; row++) {
            y[row] = slope * x[row] + 0.1 * (random.nextDouble() - 0.5);
            heldOut[row] = row % 4 == 0;
        }
        return new Table(LINE, new double[][]{x}, y, heldOut);
    }

    @Test
    void modelsBeginFromDifferentSeeds() throws InterruptedException {
        RunSpec spec = GoldenRoundsTest.spec(FED_AVG, 1).with(new Clusters(3));
        List<Float> biases = List.of(firstBias(spec, 1), firstBias(spec, 2), firstBias(spec, 3));
        assertThat(biases).doesNotHaveDuplicates();
        assertThat(biases.get(0)).isZero();
    }
}
