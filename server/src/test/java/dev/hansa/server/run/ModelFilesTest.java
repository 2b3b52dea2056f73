package dev.hansa.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.Database;
import dev.hansa.server.store.EventLog;
import dev.hansa.server.store.RunRow;
import dev.hansa.server.store.RunTable;
import dev.hansa.server.store.SqliteStore;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.model.ModelFile;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelFilesTest {
    private static final RunFile FILE = RunFile.parse(TestCoordinator.RUN, "run.yaml");

    @TempDir
    Path folder;
    private DataDirectory directory;
    private Database database;
    private EventLog events;
    private SqliteStore store;
    private RunRow run;
    private ModelFiles models;

    @BeforeEach
    void open() {
        directory = DataDirectory.open(folder.resolve("data"));
        database = Database.open(directory.file("hansa.db"));
        events = new EventLog(database, Clock.systemUTC());
        store = new SqliteStore(database, directory, events);
        run = new RunTable(database).submit("run", "run.yaml", TestCoordinator.RUN, Instant.EPOCH, Optional.empty());
        models = new ModelFiles(store, directory);
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
        directory.close();
    }

    @Test
    void thereIsNoModelBeforeTheFirstRound() {
        assertThatThrownBy(() -> models.open(run, FILE, WhichModel.LAST)).isInstanceOf(RejectedException.class);
    }

    @Test
    void onlyTheModelOfTheLastRoundIsKept() throws IOException {
        commit(1);
        Sha256 first = models.digest(run, FILE);
        try (FileChannel early = models.open(run, FILE, WhichModel.LAST)) {
            commit(2);
            assertThat(round(models.open(run, FILE, WhichModel.LAST))).isEqualTo(2);
            assertThat(models.digest(run, FILE)).isNotEqualTo(first);
            try (Stream<Path> files = Files.list(directory.run("run").model(2).getParent())) {
                assertThat(files).containsExactly(directory.run("run").model(2));
            }
            assertThat(round(early)).isEqualTo(1);
        }
    }

    @Test
    void theBestModelIsThereBesideTheLast() throws IOException {
        assertThatThrownBy(() -> models.open(run, FILE, WhichModel.BEST)).isInstanceOf(RejectedException.class)
                .hasMessageContaining("keeps no best model");
        commit(1, 1);
        commit(2, 1);
        assertThat(round(models.open(run, FILE, WhichModel.BEST))).isEqualTo(1);
        assertThat(round(models.open(run, FILE, WhichModel.LAST))).isEqualTo(2);
        commit(3, 3);
        assertThat(round(models.open(run, FILE, WhichModel.BEST))).isEqualTo(3);
        assertThat(round(models.open(run, FILE, WhichModel.LAST))).isEqualTo(3);
        try (Stream<Path> files = Files.list(directory.run("run").model(3).getParent())) {
            assertThat(files).containsExactly(directory.run("run").model(3));
        }
        try (Stream<Path> states = Files.list(directory.run("run").model(3).resolveSibling("../state").normalize())) {
            assertThat(states).as("a state that is neither the last nor the best is gone").hasSize(1);
        }
    }

    @Test
    void whoDownloadsWhileRoundsAreCommittedGetsOneWholeModel() throws Exception {
        commit(1);
        List<Future<Integer>> downloads = new ArrayList<>();
        try (ExecutorService readers = Executors.newFixedThreadPool(4)) {
            for (int round = 2; round <= 40; round++) {
                downloads.add(readers.submit(() -> round(models.open(run, FILE, WhichModel.LAST))));
                commit(round);
            }
        }
        for (Future<Integer> download : downloads) {
            assertThat(download.get()).isBetween(1, 40);
        }
    }

    private int round(FileChannel model) throws IOException {
        Path copy = Files.createTempFile(folder, "copy", ".safetensors");
        try (model) {
            Files.write(copy, Channels.newInputStream(model).readAllBytes());
        }
        return (int) ModelFile.read(copy).parameters().get(0);
    }

    private void commit(int round) {
        commit(round, 0);
    }

    private void commit(int round, int best) {
        Parameters parameters = Parameters.of(
                Learners.of(FILE.spec().model(), FILE.spec().data().schema()).layout(), round, round);
        List<RoundRecord> history = IntStream.rangeClosed(1, round)
                .mapToObj(number -> new RoundRecord(number, Metrics.NONE, Metrics.NONE, Collections.emptySortedMap(),
                        Duration.ZERO))
                .toList();
        store.save("run", new Checkpoint(new ServerState(round, parameters, Collections.emptySortedMap()),
                Preprocessing.identity(FILE.spec().data().schema()), Collections.emptySortedMap(),
                Collections.emptySortedMap(), history, Closing.NONE, best));
    }
}
