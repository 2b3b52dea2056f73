package dev.hansa.examples;

import dev.hansa.client.data.CsvSource;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.data.Table;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.model.ModelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The housing example, as it lies in its folder. */
final class Housing {
    static final List<String> TOWNS = List.of("alice", "bob");
    private static final Path FOLDER = Path.of("housing");

    private Housing() {}

    static Path csv(String town) {
        return FOLDER.resolve(town + ".csv");
    }

    static Path runFile() {
        return FOLDER.resolve("run.yaml");
    }

    static RunFile run() {
        return RunFile.read(runFile());
    }

    static Table table(RunFile file, String town) {
        return new CsvSource(csv(town)).read(file.spec().data());
    }

    /** The last checkpoint of the run over both towns, in this process. */
    static Checkpoint simulate(RunFile file) throws InterruptedException {
        Map<String, Client> clients = new HashMap<>();
        TOWNS.forEach(town -> clients.put(town, new Client(Map.of("housing", new CsvSource(csv(town))))));
        MemoryStore store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(clients, 2)) {
            RunEvent end = new RunLoop("simulated", file.spec(), fleet, store, Clock.systemUTC()).run();
            if (!(end instanceof RunEvent.Finished)) {
                throw new AssertionError("the simulation ended with " + end);
            }
        }
        return store.latest("simulated").orElseThrow();
    }

    /** The model file of the run, as a simulation makes it. */
    static byte[] simulatedModel(RunFile file) throws InterruptedException, IOException {
        Checkpoint last = simulate(file);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ModelFile(last.state().round(), file, last.preprocessing(), last.state().parameters()).write(bytes);
        return bytes.toByteArray();
    }
}
