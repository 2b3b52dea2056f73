package dev.hansa.core.simulation;

import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Parameters;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Clients whose memories can be looked into, each anew in each run. */
final class Remembering {
    private final SortedMap<String, ClientMemory> memories = new TreeMap<>();

    /** The last checkpoint of the run over these tables. */
    Checkpoint run(RunSpec spec, Map<String, Table> tables) throws InterruptedException {
        Store store = new MemoryStore(event -> {});
        run(spec, clients(tables), store);
        return store.latest(Simulation.RUN).orElseThrow();
    }

    /** New clients. */
    SortedMap<String, Client> clients(Map<String, Table> tables) {
        memories.clear();
        SortedMap<String, Client> clients = new TreeMap<>();
        tables.forEach((id, table) -> {
            memories.put(id, ClientMemory.inMemory());
            clients.put(id, new Client(Map.of("rows", new TableSource(table)), Consent.TO_ALL, memories.get(id),
                    Client.TIMELESS));
        });
        return clients;
    }

    /** On with those, from what the store holds. */
    static void run(RunSpec spec, SortedMap<String, Client> clients, Store store) throws InterruptedException {
        try (LocalFleet fleet = new LocalFleet(clients, 2)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK).run();
        }
    }

    /** The model that the client has kept as its own. */
    Parameters own(String client) {
        return memories.get(client).personal(Simulation.RUN).orElseThrow();
    }

    /** The same run of other data. */
    static RunSpec withData(RunSpec spec, DataSpec data) {
        return new RunSpec(spec.name(), spec.purpose(), data, spec.model(), spec.strategy(), spec.compression(),
                spec.rounds(), spec.cohort(), spec.evaluation(), spec.stop(), spec.personalization(), spec.seed());
    }
}
