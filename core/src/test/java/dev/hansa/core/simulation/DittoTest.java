package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model of one's own beside the shared one. */
class DittoTest {
    private static final LocalTraining TRAINING = new LocalTraining(2, 5, 0.05, 0.5, 0.01, true);

    private final Remembering clients = new Remembering();

    /**
     * As in {@link GoldenRoundsTest}, with λ = 1. Round 1 is FedProx with μ = 1: a stops at 0.5, b at -1. The shared model is
     * at 0.1875 then, and half-way from there to what they want is where they stay: 0.59375 and -0.90625.
     */
    @ParameterizedTest
    @CsvSource({"1, 0.1875, 0.5, -1", "2, NaN, 0.59375, -0.90625"})
    void roundsWorkedOutByHand(int rounds, float shared, float ownOfA, float ownOfB) throws InterruptedException {
        LocalTraining twoSteps = new LocalTraining(2, LocalTraining.FULL_BATCH, 0.5, 0, 0, false);
        Strategy fedAvg = Strategies.fedAvg(twoSteps, Weighting.EXAMPLES);
        Checkpoint end = clients.run(GoldenRoundsTest.spec(fedAvg, rounds).with(new Ditto(1)), GoldenRoundsTest.TABLES);
        if (rounds == 1) {
            assertThat(end.state().parameters().get(1)).isCloseTo(shared, within(1e-6f));
        }
        assertThat(clients.own("a").get(1)).isCloseTo(ownOfA, within(1e-6f));
        assertThat(clients.own("b").get(1)).isCloseTo(ownOfB, within(1e-6f));
    }

    @Test
    void withoutPullEachTrainsAloneAndTheSharedModelIsThatOfFedAvg() throws InterruptedException {
        SortedMap<String, Table> tables = new TreeMap<>();
        List.of("a", "b").forEach(
                client -> tables.put(client, RandomTables.of(RandomTables.CLASSES, 30, client.hashCode())));
        Checkpoint end = clients.run(spec(2).with(new Ditto(0)), tables);

        assertThat(end.state()).isEqualTo(new Remembering().run(spec(2), tables).state());
        for (String client : tables.keySet()) {
            Remembering alone = new Remembering();
            Table table = tables.get(client);
            Parameters trained = alone.run(spec(1), Map.of(client, table)).state().parameters();
            assertThat(clients.own(client).minus(trained).l2Norm()).as(client).isLessThan(1e-5);
            assertThat(clients.own(client).minus(end.state().parameters()).l2Norm()).as(client).isGreaterThan(1e-3);
        }
    }

    @Test
    void aStrongerPullKeepsItNearer() throws InterruptedException {
        Map<String, Table> tables = Map.of("a", RandomTables.of(RandomTables.CLASSES, 30, 1), "b",
                RandomTables.of(RandomTables.CLASSES, 30, 2));
        double before = Double.POSITIVE_INFINITY;
        for (double lambda : new double[]{0, 1, 10}) {
            Checkpoint end = clients.run(spec(2).with(new Ditto(lambda)), tables);
            double distance = clients.own("a").minus(end.state().parameters()).l2Norm();
            assertThat(distance).as("λ = " + lambda).isLessThan(before);
            before = distance;
        }
    }

    /** Nothing is standardised, so that who trains alone sees the same rows. */
    private static RunSpec spec(int nodes) {
        RunSpec plain = Simulation.spec(RandomTables.CLASSES, new ModelSpec.Mlp(List.of(4)),
                Strategies.fedAvg(TRAINING.withRate(1e-3), Weighting.EXAMPLES), 4, nodes);
        return Remembering.withData(plain, new DataSpec("rows", RandomTables.CLASSES,
                new HoldOut.None(), false));
    }
}
