package dev.hansa.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.RunSummary;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.Database;
import dev.hansa.server.store.EventLog;
import dev.hansa.server.store.NodeTable;
import dev.hansa.server.store.OwnRowsStore;
import dev.hansa.server.store.RunRow;
import dev.hansa.server.store.RunTable;
import dev.hansa.server.store.SqliteStore;
import dev.hansa.server.store.TaskTable;
import dev.hansa.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunsTest {
    @TempDir
    Path folder;
    private DataDirectory directory;
    private Database database;
    private EventLog events;
    private RunTable table;
    private SqliteStore store;
    private Runs runs;

    @BeforeEach
    void open() {
        directory = DataDirectory.open(folder);
        database = Database.open(directory.file("hansa.db"));
        events = new EventLog(database, Clock.systemUTC());
        table = new RunTable(database);
        store = new SqliteStore(database, directory, events);
        runs = new Runs(table, store, directory,
                new Nodes(new NodeTable(database), Clock.systemUTC(), new ReentrantLock(), System::nanoTime),
                new TaskBoard(new TaskTable(database, events), new ReentrantLock(), System::nanoTime),
                new TaskTable(database, events), new OwnRowsStore(Map.of(), directory),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        runs.close();
        events.close();
        database.close();
        directory.close();
    }

    @Test
    void aRunWhoseFileThisVersionCannotReadFailsAndHidesNoOther() {
        table.submit("new", "run.yaml", TestCoordinator.RUN, Instant.EPOCH, Optional.empty());
        RunRow old = table.submit("old", "run.yaml", "hansa: 0", Instant.EPOCH, Optional.empty());
        runs.resume();
        await().until(() -> runs.get("old").state().over());
        RunViews views = new RunViews(table, store, directory,
                new Nodes(new NodeTable(database), Clock.systemUTC(), new ReentrantLock(), System::nanoTime), runs);
        assertThat(views.all()).extracting(RunSummary::id, RunSummary::name)
                .containsExactlyInAnyOrder(tuple("new", "numbers"), tuple("old", "old"));
        assertThat(views.of(runs.get("old")).reason()).contains("cannot read the run's file");
        assertThatThrownBy(() -> views.model(old, WhichModel.LAST)).isInstanceOfSatisfying(RejectedException.class,
                rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.INVALID_SPEC));
    }

    @Test
    void oldFilesThatCannotBeDeletedStopNobody() throws IOException {
        table.submit("over", "run.yaml", TestCoordinator.RUN, Instant.EPOCH, Optional.empty());
        store.append("over", new RunEvent.Stopped(0));
        Files.createFile(directory.folder("runs").resolve("over")); // in place of its folder
        runs.resume();
        assertThat(runs.get("over").state().over()).isTrue();
    }

    @Test
    void aRunThatIsTriedAgainLeavesTheModelForPeople() throws IOException {
        Path model = Files.createFile(directory.run("run").model(1));
        directory.run("run").clearFetched();
        assertThat(model).exists();
    }

    @Test
    void anInterruptDoesNotCutClosingShort() {
        RunRow run = runs.submit(TestCoordinator.RUN, "run.yaml", Optional.empty());
        Thread.currentThread().interrupt();
        runs.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .doesNotContain("hansa-run-" + run.id());
    }

    @Test
    void noRunIsTakenInAfterTheOthersWerePaused() {
        runs.submit(TestCoordinator.RUN, "run.yaml", Optional.empty());
        runs.close();
        assertThatThrownBy(() -> runs.submit(TestCoordinator.RUN, "run.yaml", Optional.empty()))
                .isInstanceOfSatisfying(RejectedException.class, rejected -> {
                    assertThat(rejected.code()).isEqualTo(ErrorCode.BUSY);
                    assertThat(rejected.headers()).containsKey("Retry-After");
                });
        assertThat(table.all()).hasSize(1);
    }
}
