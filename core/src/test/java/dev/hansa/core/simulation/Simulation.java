package dev.hansa.core.simulation;

import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.strategy.Strategy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whole runs in one process, for tests. */
final class Simulation {
    static final String RUN = "run";
    static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private Simulation() {}

    /** Clients that serve their tables as {@code rows}. */
    static SortedMap<String, Client> clients(Map<String, Table> tables) {
        SortedMap<String, Client> clients = new TreeMap<>();
        tables.forEach((id, table) -> clients.put(id, new Client(Map.of("rows", new TableSource(table)))));
        return clients;
    }

    /** A run with all clients in each round. */
    static RunSpec spec(Schema schema, ModelSpec model, Strategy strategy, int rounds, int nodes) {
        return new RunSpec("test", "", new DataSpec("rows", schema, new HoldOut.None(), true), model, strategy, rounds,
                new Cohort(nodes, OptionalInt.empty(), 1, Duration.ofMinutes(1)), 0, StopRule.NEVER, new Seed(7));
    }

    /** The same run with a cohort of that size. */
    static RunSpec sampling(RunSpec spec, int size, Seed seed) {
        return new RunSpec(spec.name(), spec.purpose(), spec.data(), spec.model(), spec.strategy(), spec.rounds(),
                new Cohort(spec.cohort().nodes(), OptionalInt.of(size), size, spec.cohort().deadline()),
                spec.evaluation().every(), spec.stop(), seed);
    }

    /** The model at the end. */
    static Parameters run(RunSpec spec, Map<String, Table> tables, int threads) throws InterruptedException {
        Store store = new MemoryStore(event -> {});
        run(spec, tables, threads, store);
        return store.latest(RUN).orElseThrow().state().parameters();
    }

    /** On a store of one's own. */
    static void run(RunSpec spec, Map<String, Table> tables, int threads, Store store) throws InterruptedException {
        try (LocalFleet fleet = new LocalFleet(clients(tables), threads)) {
            new RunLoop(RUN, spec, fleet, store, CLOCK).run();
        }
    }
}
