package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Runs with a client that is too slow by a clock of its own, which is not that of the machine. */
class StragglerTest {
    private static final int STEPS = 3 * 6;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Test
    void whatAStragglerHasDoneCountsAndTheBytesAreTheSameEachTime() throws InterruptedException {
        Checkpoint end = run(true, Duration.ofSeconds(1), 1);

        for (RoundRecord round : end.history()) {
            assertThat(round.updates()).isEqualTo(3);
            assertThat(round.clients().get("c0").partial()).isEmpty();
            assertThat(round.clients().get("c2").partial()).isEqualTo(OptionalDouble.of(9.0 / STEPS));
        }
        assertThat(run(true, Duration.ofSeconds(1), 3).state()).isEqualTo(end.state());
        assertThat(run(true, Duration.ZERO, 1).state().parameters()).as("the work of all")
                .isNotEqualTo(end.state().parameters());
    }

    @Test
    void whereAllAreInTimeTheBytesAreThoseOfARunWithoutPartialWork() throws InterruptedException {
        assertThat(run(true, Duration.ZERO, 2).state()).isEqualTo(run(false, Duration.ZERO, 2).state());
        assertThat(run(false, Duration.ofSeconds(1), 2).state()).as("nobody is told of a time")
                .isEqualTo(run(false, Duration.ZERO, 2).state());
    }

    /** @param aStep of the slow client takes so long */
    private static Checkpoint run(boolean partialWork, Duration aStep, int threads) throws InterruptedException {
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < 3; client++) {
            tables.put("c" + client, RandomTables.of(RandomTables.REGRESSION, 30, client));
        }
        SortedMap<String, Client> clients = Simulation.clients(tables);
        AtomicLong now = new AtomicLong();
        clients.put("c2", new Client(Map.of("rows", new TableSource(tables.get("c2"))), Consent.TO_ALL,
                ClientMemory.inMemory(), () -> now.getAndAdd(aStep.toNanos())));
        RunSpec plain = Simulation.spec(RandomTables.REGRESSION, new ModelSpec.Linear(),
                Strategies.fedAvg(new LocalTraining(3, 5, 0.05, 0, 0, true), Weighting.EXAMPLES, 1), 4, 3);
        Cohort cohort = new Cohort(3, plain.cohort().size(), 2, 1, DEADLINE, partialWork);
        RunSpec spec = new RunSpec(plain.name(), plain.purpose(), plain.data(), plain.model(), plain.strategy(),
                plain.rounds(), cohort, 0, plain.stop(), plain.seed());
        MemoryStore store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(clients, threads)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK).run();
        }
        return store.latest(Simulation.RUN).orElseThrow();
    }
}
