package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * FedAvg and FedProx with stragglers on Synthetic(1, 1) and its variant with users that are alike, against an independent
 * reference in double precision.
 */
class SyntheticTest {
    private static final int ROUNDS = 200;
    private static final SortedMap<String, Table> ALIKE = SyntheticData.alike();
    private static final SortedMap<String, Table> HETEROGENEOUS = SyntheticData.heterogeneous(1, 1);
    private static final Map<List<Object>, Checkpoint> DONE = new HashMap<>();

    @Test
    void dataAreThoseOfTheReference() {
        assertThat(HETEROGENEOUS.values().stream().mapToInt(Table::rows).sum()).isEqualTo(9_085);
        assertThat(HETEROGENEOUS.values().stream().mapToInt(table -> table.rows(false).length).sum()).isEqualTo(8_163);
        assertThat(HETEROGENEOUS.values().stream().mapToInt(Table::rows).max()).hasValue(2_078);
    }

    @ParameterizedTest(name = "alike {0}, μ {1}, dropped {2}, stragglers {3}")
    @CsvSource(textBlock = """
            true,  0, true,  0.0, 0.5813, 0.5889, 0.6616, 0.8156, 0.8677, 0.9078, 45.960809
            true,  1, false, 0.0, 0.4252, 0.4393, 0.4881, 0.6193, 0.6518, 0.6909, 12.133346
            true,  0, true,  0.9, 0.4317, 0.5499, 0.5998, 0.7017, 0.7505, 0.8102, 25.869071
            true,  0, false, 0.9, 0.5618, 0.5662, 0.6432, 0.7495, 0.8134, 0.8579, 32.909595
            true,  1, false, 0.9, 0.4241, 0.4371, 0.4783, 0.6085, 0.6497, 0.6822, 11.395935
            false, 0, true,  0.0, 0.3471, 0.4620, 0.5716, 0.7408, 0.7570, 0.8124, 13.899371
            false, 1, false, 0.0, 0.3829, 0.4469, 0.6247, 0.8004, 0.8590, 0.8807,  5.239417
            false, 0, true,  0.9, 0.0586, 0.1497, 0.1887, 0.5184, 0.5564, 0.5824, 10.659993
            false, 0, false, 0.9, 0.3427, 0.4479, 0.5629, 0.7625, 0.7928, 0.8601, 10.270511
            false, 1, false, 0.9, 0.3829, 0.4425, 0.6236, 0.8026, 0.8568, 0.8796,  5.088968
            """)
    void learnsLikeTheReference(boolean alike, double mu, boolean dropped, double stragglers, double round1,
            double round3, double round10, double round50, double round100, double round200, double norm)
            throws InterruptedException {
        Checkpoint end = run(alike, mu, dropped, stragglers);

        List<RoundRecord> history = end.history();
        assertThat(accuracy(history, 1)).isCloseTo(round1, within(1e-4));
        assertThat(accuracy(history, 3)).isCloseTo(round3, within(1e-4));
        assertThat(accuracy(history, 10)).isCloseTo(round10, within(0.01));
        assertThat(accuracy(history, 50)).isCloseTo(round50, within(0.01));
        assertThat(accuracy(history, 100)).isCloseTo(round100, within(0.01));
        assertThat(accuracy(history, 200)).isCloseTo(round200, within(0.01));
        assertThat(end.state().parameters().l2Norm()).isCloseTo(norm, within(1e-3));
    }

    @Test
    void fedProxHelpsUsersThatDifferAndHarmsThoseThatAreAlike() throws InterruptedException {
        double differing = last(false, 1, false) - last(false, 0, true);
        double alike = last(true, 1, false) - last(true, 0, true);

        assertThat(differing).isGreaterThan(0.2);
        assertThat(alike).isNegative();
    }

    private static double last(boolean alike, double mu, boolean dropped) throws InterruptedException {
        return accuracy(run(alike, mu, dropped, 0.9).history(), ROUNDS);
    }

    private static double accuracy(List<RoundRecord> history, int round) {
        return history.get(round - 1).evaluation().get(Metrics.ACCURACY).orElseThrow();
    }

    /** Runs are deterministic, so each is made once. */
    private static Checkpoint run(boolean alike, double mu, boolean dropped, double stragglers)
            throws InterruptedException {
        List<Object> key = List.of(alike, mu, dropped, stragglers);
        if (!DONE.containsKey(key)) {
            DONE.put(key, end(alike ? ALIKE : HETEROGENEOUS, mu, new Stragglers(stragglers, dropped)));
        }
        return DONE.get(key);
    }

    private static Checkpoint end(SortedMap<String, Table> users, double mu, Stragglers reference)
            throws InterruptedException {
        Store store = new MemoryStore(event -> {});
        LocalTraining training = new LocalTraining(Stragglers.EPOCHS, 10, 0.01, 0, 0, false);
        RunSpec spec = new RunSpec("synthetic", "",
                new DataSpec("rows", SyntheticData.SCHEMA, new HoldOut.None(), false), new ModelSpec.Softmax(),
                Strategies.fedProx(training, Weighting.EXAMPLES, mu), ROUNDS,
                new Cohort(SyntheticData.USERS, OptionalInt.of(10), 1, 1, Duration.ofMinutes(1), false, reference), 1,
                StopRule.NEVER,
                new Seed(0));
        SortedMap<String, Client> clients = new TreeMap<>();
        users.forEach((user, table) -> clients.put(user, new Client(Map.of("rows", asked -> table))));
        try (LocalFleet fleet = new LocalFleet(clients, 2)) {
            new RunLoop("run", spec, reference.in(fleet), store, Simulation.CLOCK).run();
        }
        return store.latest("run").orElseThrow();
    }
}
