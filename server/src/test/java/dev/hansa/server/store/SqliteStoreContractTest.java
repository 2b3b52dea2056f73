package dev.hansa.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.coordinator.StoreContract;
import dev.hansa.core.mechanism.LeftNoise;
import dev.hansa.wire.safetensors.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreContractTest extends StoreContract {
    @TempDir
    Path folder;
    private DataDirectory directory;
    private Database database;
    private EventLog events;
    private SqliteStore store;
    private int runs;

    @BeforeEach
    void open() {
        directory = DataDirectory.open(folder);
        database = Database.open(directory.file("hansa.db"));
        events = new EventLog(database, Clock.systemUTC());
        store = new SqliteStore(database, directory, events);
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
        directory.close();
    }

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected Store afterRestart() {
        close();
        open();
        return store;
    }

    @Override
    protected void keepsNoNoise(String run) {
        try (Stream<Path> states = Files.list(folder.resolve("runs").resolve(run).resolve("state"))) {
            assertThat(states.toList()).isNotEmpty().allSatisfy(
                    state -> assertThat(SafetensorsFile.open(state).metadata().values()).noneMatch(LeftNoise::is));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected String newRun(RunSpec spec) {
        return new RunTable(database).submit("run-" + ++runs, "run.yaml", "text", Instant.EPOCH, Optional.empty()).id();
    }
}
