package dev.hansa.cli.command;

import dev.hansa.client.Guard;
import dev.hansa.client.NodeListener;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.data.Table;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.model.ModelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A run over clients in this process, after its end. */
final class Simulation {
    private static final String RUN = "simulation";

    private final RunFile file;
    private final Optional<Checkpoint> last;
    private final Optional<Checkpoint> best;

    private Simulation(RunFile file, Optional<Checkpoint> last, Optional<Checkpoint> best) {
        this.file = file;
        this.last = last;
        this.best = best;
    }

    /**
     * Runs to the end. Clients refuse what nodes refuse.
     *
     * @param tables  each client's rows, as read for the run
     * @param own     rows of the coordinator's own, by name
     * @param threads how many clients train at once
     */
    static Simulation run(RunFile file, SortedMap<String, Table> tables, Map<String, Table> own, int threads,
            Consumer<RunEvent> listener)
            throws InterruptedException {
        SortedMap<String, Client> clients = new TreeMap<>();
        String set = file.spec().data().set();
        tables.forEach((name, table) -> clients.put(name,
                Guard.client(Map.of(set, new TableSource(table)), new NodeListener() {})));
        MemoryStore store = new MemoryStore(listener);
        try (LocalFleet fleet = new LocalFleet(clients, threads)) {
            new RunLoop(RUN, file.spec(), fleet, store, Clock.systemUTC(), own).run();
        }
        return new Simulation(file, store.latest(RUN), store.best(RUN));
    }

    /** Writes the model of the last committed round, of which there must be one. */
    void writeModel(OutputStream out) throws IOException {
        write(last.orElseThrow(), out);
    }

    /** Writes the model of the best round, of which there must be one. */
    void writeBest(OutputStream out) throws IOException {
        write(best.orElseThrow(), out);
    }

    private void write(Checkpoint checkpoint, OutputStream out) throws IOException {
        new ModelFile(checkpoint.state().round(), file, checkpoint.preprocessing(),
                checkpoint.state().parameters())
                .write(out);
    }
}
