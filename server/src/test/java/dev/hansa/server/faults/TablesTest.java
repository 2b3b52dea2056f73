package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.Database;
import dev.hansa.server.store.EventLog;
import dev.hansa.server.store.RunTable;
import dev.hansa.server.store.SqliteStore;
import dev.hansa.server.store.TaskRow;
import dev.hansa.server.store.TaskStore;
import dev.hansa.server.store.TaskTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a run asks of the simulated tables, they do as the database does. */
class TablesTest {
    private static final int RUNS = 30;
    private static final int CALLS = 40;
    private static final List<Phase> PHASES = List.of(Phase.values());
    private static final List<String> NODES = List.of("node0", "node1", "node2");

    @TempDir
    Path folder;
    private DataDirectory directory;
    private Database database;
    private EventLog events;

    @BeforeEach
    void open() {
        directory = DataDirectory.open(folder.resolve("database"));
        database = Database.open(directory.file("hansa.db"));
        events = new EventLog(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
        directory.close();
    }

    @Test
    void tablesAndDatabaseTellTheSameOfTheSameCalls() throws Throwable {
        int late = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            late += compare(seed);
        }
        assertThat(late).as("late answers in %d runs", RUNS).isGreaterThan(RUNS);
    }

    /** Makes the same calls of both, in a world in which nothing goes wrong. */
    private int compare(int seed) throws Throwable {
        SplittableRandom random = new SplittableRandom(seed);
        Trace trace = new Trace();
        Scheduler scheduler = new Scheduler(random.split(), trace, Long.MAX_VALUE);
        Faults faults = new Faults(random.split(), true);
        faults.calm();
        Calls calls = new Calls("run" + seed, random);
        Machine machine = new Machine("coordinator", Machine.Kind.COORDINATOR, scheduler, faults, trace,
                folder.resolve("disk" + seed), life -> scheduler.start(life, "caller", () -> {
                    calls.make();
                    scheduler.finish();
                }));
        calls.tables(new Tables(scheduler, faults, machine, calls));
        machine.start();
        scheduler.run();
        return calls.late.size();
    }

    /** What one run asks of its tables, drawn by a seed, with what it was told of late answers. */
    private final class Calls implements Onlooker {
        private final String run;
        private final SplittableRandom random;
        private final SqliteStore store = new SqliteStore(database, directory, events);
        private final List<Store> stores = new ArrayList<>(List.of(store));
        private final List<TaskStore> both = new ArrayList<>(List.of(new TaskTable(database, events)));
        private final TreeMap<String, TaskRow> asked = new TreeMap<>();
        private final List<TaskRow> late = new ArrayList<>();
        private int round;
        private int attempt = 1;

        Calls(String run, SplittableRandom random) {
            this.run = run;
            this.random = random;
            new RunTable(database).submit(run, "run.yaml", "text", Instant.EPOCH, Optional.empty());
        }

        void tables(Tables tables) {
            both.add(tables);
            stores.add(tables);
        }

        @Override
        public void hearsLate(String id, String node) {
            assertThat(node).isEqualTo(asked.get(id).node());
            late.add(asked.get(id));
        }

        void make() {
            for (int call = 1; call <= CALLS; call++) {
                String text = call + ": " + make(random.nextInt(12));
                if (random.nextInt(4) == 0) {
                    requireSame(text);
                }
            }
            stores.forEach(each -> each.append(run, new RunEvent.Finished(round, "enough")));
            requireSame("at the end");
        }

        private String make(int kind) {
            List<String> some = asked.keySet().stream().filter(id -> random.nextInt(3) == 0).toList();
            return switch (kind) {
                case 0, 1, 2 -> {
                    List<TaskRow> tasks = tasks();
                    both.forEach(each -> each.open(run, tasks));
                    yield "open " + tasks;
                }
                case 3, 4 -> {
                    both.forEach(each -> each.close(some));
                    yield "close " + some;
                }
                case 5 -> {
                    some.forEach(id -> both.forEach(each -> each.late(id, asked.get(id).node())));
                    yield "late " + some;
                }
                case 6 -> {
                    String other = NODES.get(random.nextInt(NODES.size()));
                    some.forEach(id -> both.forEach(each -> each.late(id, other)));
                    yield "late " + some + " of " + other;
                }
                case 7, 8 -> {
                    byte[] report = {(byte) random.nextInt()};
                    some.forEach(id -> assertThat(both.stream().map(each -> each.report(id, report)).distinct())
                            .as("whether the report on %s is noted", id).hasSize(1));
                    yield "report " + some;
                }
                case 9, 10 -> {
                    Phase phase = random.nextBoolean() ? Phase.FIT : Phase.EVALUATE;
                    TaskRow task = task(new Question(random.nextInt(round + 2), phase, attempt),
                            NODES.get(random.nextInt(NODES.size())));
                    both.forEach(each -> each.add(run, task));
                    yield "add " + task;
                }
                default -> goOn(some);
            };
        }

        private TaskRow task(Question question, String node) {
            TaskRow task = new TaskRow(run + "-" + random.nextLong(), question, node, Optional.empty());
            asked.put(task.id(), task);
            return task;
        }

        private String goOn(List<String> some) {
            return switch (random.nextInt(3)) {
                case 0 -> {
                    both.forEach(each -> each.forget(some));
                    yield "forget " + some;
                }
                case 1 -> {
                    attempt++;
                    yield "attempt " + attempt;
                }
                default -> {
                    attempt = 1;
                    Checkpoint next = checkpoint(round++);
                    Set<Sent> open = random.nextBoolean() ? Set.of() : some.stream().map(asked::get)
                            .map(task -> new Sent(task.question(), task.node())).collect(Collectors.toSet());
                    stores.forEach(each -> each.save(run, next, open));
                    yield "save " + next.state().round() + " while open are " + open;
                }
            };
        }

        private List<TaskRow> tasks() {
            Phase phase = PHASES.get(random.nextInt(PHASES.size()));
            return NODES.stream().filter(node -> random.nextBoolean())
                    .map(node -> task(new Question(round, phase, attempt), node)).toList();
        }

        private static Checkpoint checkpoint(int rounds) {
            Schema schema = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
            List<RoundRecord> history = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                history.add(new RoundRecord(round, Metrics.NONE, Metrics.NONE, new TreeMap<>(), Duration.ZERO));
            }
            return new Checkpoint(new ServerState(rounds, Parameters.zeros(Layout.of()), new TreeMap<>()),
                    Preprocessing.identity(schema), new TreeMap<>(), new TreeMap<>(), history);
        }

        private void requireSame(String call) {
            List<List<String>> rows = both.stream().map(each -> each.of(run).stream().map(Calls::text).toList())
                    .toList();
            assertThat(rows.getLast()).as("%s after call %s", run, call).isEqualTo(rows.getFirst());
            assertThat(late.stream().map(task -> task.question().round() + " " + task.node() + " "
                    + task.question().phase())).as("late answers of %s after call %s", run, call)
                    .isEqualTo(store.late(run).stream()
                            .map(told -> told.round() + " " + told.client() + " " + told.phase()).toList());
            asked.keySet().forEach(id -> NODES.forEach(node -> assertThat(both.stream()
                    .map(each -> each.isAwaited(id, node)).distinct()).as("whether %s is awaited of %s", id, node)
                    .hasSize(1)));
            assertThat(stores.getLast().latest(run).map(Checkpoint::state))
                    .isEqualTo(stores.getFirst().latest(run).map(Checkpoint::state));
        }

        private static String text(TaskRow row) {
            return row.id() + " " + row.question() + " " + row.node() + " "
                    + row.report().map(HexFormat.of()::formatHex).orElse("");
        }
    }
}
