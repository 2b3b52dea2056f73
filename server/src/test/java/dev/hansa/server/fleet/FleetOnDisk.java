package dev.hansa.server.fleet;

import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.Database;
import dev.hansa.server.store.EventLog;
import dev.hansa.server.store.NodeRow;
import dev.hansa.server.store.NodeTable;
import dev.hansa.server.store.RunTable;
import dev.hansa.server.store.SqliteStore;
import dev.hansa.server.store.TaskTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** What asks the nodes of the run {@code run}, in a folder and without a network: one process of it after the other. */
final class FleetOnDisk implements AutoCloseable {
    private final DataDirectory directory;
    private final Clock clock;
    private final LongSupplier nanos;
    private Database database;
    private Nodes nodes;
    private TaskTable tasks;
    private TaskBoard board;

    FleetOnDisk(Path folder) {
        this(folder, Clock.systemUTC(), System::nanoTime);
    }

    /**
     * @param clock of the events
     * @param nanos of the board
     */
    FleetOnDisk(Path folder, Clock clock, LongSupplier nanos) {
        this.directory = DataDirectory.open(folder);
        this.clock = clock;
        this.nanos = nanos;
        start();
        new RunTable(database).submit("run", "run.yaml", "text", Instant.EPOCH, Optional.empty());
    }

    private void start() {
        database = Database.open(directory.file("hansa.db"));
        nodes = new Nodes(new NodeTable(database), Clock.systemUTC(), new ReentrantLock(), System::nanoTime);
        tasks = new TaskTable(database, events());
        board = new TaskBoard(tasks, new ReentrantLock(), nanos);
    }

    /** The next process begins; of this one remains what is on the disk. */
    void restart() {
        database.close();
        start();
    }

    /** The nodes have joined, and are asked. */
    RemoteFleet fleet(String... names) {
        for (String name : names) {
            join(name);
        }
        return new RemoteFleet("run", "rows", Introduction.NONE, nodes, board, tasks, directory.run("run"), lack -> {});
    }

    void join(String name) {
        nodes.joined(new NodeRow(name, "key", "test", List.of("rows"), Instant.EPOCH, Instant.EPOCH, false));
    }

    TaskBoard board() {
        return board;
    }

    TaskTable tasks() {
        return tasks;
    }

    EventLog events() {
        return new EventLog(database, clock);
    }

    SqliteStore store() {
        return new SqliteStore(database, directory, events());
    }

    Path spool() {
        return directory.run("run").spool();
    }

    /** The next task of the node, which must come. */
    OpenTask taskOf(String node) {
        try {
            return board.next(node, Duration.ofSeconds(30)).orElseThrow();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        database.close();
        directory.close();
    }
}
