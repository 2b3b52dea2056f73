package dev.hansa.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.server.TestCoordinator;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.Database;
import dev.hansa.server.store.EventLog;
import dev.hansa.server.store.NodeTable;
import dev.hansa.server.store.RunTable;
import dev.hansa.server.store.SqliteStore;
import dev.hansa.server.store.TaskTable;
import dev.hansa.wire.ErrorCode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
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
    private Runs runs;

    @BeforeEach
    void open() {
        directory = DataDirectory.open(folder);
        database = Database.open(directory.file("hansa.db"));
        events = new EventLog(database, Clock.systemUTC());
        table = new RunTable(database);
        runs = new Runs(table, new SqliteStore(database, directory, events), directory,
                new Nodes(new NodeTable(database), Clock.systemUTC(), System::nanoTime),
                new TaskBoard(new TaskTable(database)), new TaskTable(database), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        runs.close();
        events.close();
        database.close();
        directory.close();
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
