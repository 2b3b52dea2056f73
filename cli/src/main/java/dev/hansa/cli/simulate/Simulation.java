package dev.hansa.cli.simulate;

import dev.hansa.cli.rows.ClientRows;
import dev.hansa.client.Guard;
import dev.hansa.client.NodeListener;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Names;
import dev.hansa.core.simulation.Durations;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.core.simulation.MadeWhenAsked;
import dev.hansa.core.simulation.MemoryEstimate;
import dev.hansa.core.simulation.MemoryEstimate.Clients;
import dev.hansa.core.simulation.Population;
import dev.hansa.core.simulation.SimulatedDevices;
import dev.hansa.core.simulation.SimulatedNoise;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.spec.Devices;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.model.ModelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A run over clients in this process, after its end. */
final class Simulation {
    private static final String RUN = "simulation";
    /** Clients that are kept take one part in so many. */
    private static final int SHARE_OF_MEMORY = 4;

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
     * @param rows    each client's, as read for the run
     * @param own     rows of the coordinator's own, by name
     * @param threads how many clients train at once
     * @param devices what clients run on; empty if they take no time
     */
    static Simulation run(RunFile file, ClientRows rows, Map<String, Table> own, int threads,
            Optional<Devices> devices, Consumer<RunEvent> listener) throws InterruptedException {
        return run(file, rows, own, threads, devices, listener, room());
    }

    /** The same where clients that are kept may take so many bytes. */
    static Simulation run(RunFile file, ClientRows rows, Map<String, Table> own, int threads,
            Optional<Devices> devices, Consumer<RunEvent> listener, long room) throws InterruptedException {
        MemoryStore store = new MemoryStore(listener);
        try (LocalFleet fleet = new LocalFleet(population(rows, file.spec().data().set(), room), threads,
                devices.map(kind -> durations(kind, file.spec(), rows)).orElse(Durations.NONE))) {
            Clock clock = devices.isPresent() ? fleet.clock() : Clock.systemUTC();
            new RunLoop(RUN, file.spec(), fleet, store, clock, own, SimulatedNoise.SEEDED).run();
        }
        return new Simulation(file, store.latest(RUN), store.best(RUN));
    }

    /** Clients that are kept with their rows as far as there is memory, and made again otherwise. */
    private static Population population(ClientRows rows, String set, long room) {
        Names names = rows.clients();
        long bytes = MemoryEstimate.made(rows.schema(), load(rows, room));
        int kept = bytes <= room ? names.size() : (int) (names.size() * (double) room / bytes);
        return new MadeWhenAsked(names, kept, (number, memory) -> Guard.client(
                Map.of(set, spec -> new TableSource(rows.table(names.get(number))).read(spec)),
                new NodeListener() {},
                memory, SimulatedNoise.SEEDED));
    }

    /** How much memory clients may take that are kept. */
    private static long room() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    }

    /** What there is of all clients, and where. */
    static Clients load(ClientRows rows) {
        return load(rows, room());
    }

    static Clients load(ClientRows rows, long room) {
        Names names = rows.clients();
        boolean running = rows.schema().label() instanceof Column.NextCharacter;
        long examples = running ? names.stream().mapToLong(rows::examples).sum() : rows.rows();
        return new Clients(names.size(), rows.rows(), examples, rows.held(), rows.cut() || !rows.held(), room);
    }

    private static Durations durations(Devices devices, RunSpec spec, ClientRows clients) {
        Map<String, Long> rows = new HashMap<>();
        clients.clients().forEach(client -> {
            Table read = new TableSource(clients.table(client)).read(spec.data());
            rows.put(client, (long) read.examples(read.rows(false)));
        });
        return new SimulatedDevices(devices.profile(), client -> rows.getOrDefault(client, 0L),
                spec.seed().derive("devices"));
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
