package dev.hansa.server.faults;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.model.Parameters;
import dev.hansa.server.store.NodeRow;
import dev.hansa.server.store.NodeStore;
import dev.hansa.server.store.TaskRow;
import dev.hansa.server.store.TaskStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The coordinator's tables, for one run: what {@code SqliteStore}, {@code TaskTable} and {@code NodeTable} promise and no
 * more. A commit is whole or has changed nothing; the machine may crash before it, or after it and before anybody knows.
 */
final class Tables implements Store, TaskStore, NodeStore {
    private static final Duration SYNC = Duration.ofMillis(20);
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final String FILE = "hansa.db";

    private final Scheduler scheduler;
    private final Faults faults;
    private final Machine machine;
    private final Onlooker onlooker;
    private final Map<String, NodeRow> nodes = new TreeMap<>();
    private final List<TaskRow> tasks = new ArrayList<>();
    /** The nodes of tasks that closed without an answer, by id. */
    private final Map<String, String> closed = new TreeMap<>();
    /** Those of them that were answered nevertheless. */
    private final Set<String> toldLate = new TreeSet<>();
    private final List<Runnable> waiting = new ArrayList<>();
    /** Of earlier rounds, by round. */
    private final Map<Integer, Parameters> models = new TreeMap<>();
    private Optional<Checkpoint> checkpoint = Optional.empty();
    private Optional<Checkpoint> best = Optional.empty();
    private Optional<RunEvent> end = Optional.empty();

    Tables(Scheduler scheduler, Faults faults, Machine machine, Onlooker onlooker) {
        this.faults = faults;
        this.scheduler = scheduler;
        this.machine = machine;
        this.onlooker = onlooker;
    }

    private <T> T read(Supplier<T> query) {
        scheduler.requireAlive();
        return query.get();
    }

    private void commit(Runnable change) {
        scheduler.pause();
        machine.point();
        try {
            machine.write(FILE);
        } catch (IOException e) {
            throw new ConnectionException(new SQLiteException(e.getMessage(), e.getMessage().contains("space")
                    ? SQLiteErrorCode.SQLITE_FULL : SQLiteErrorCode.SQLITE_IOERR));
        }
        scheduler.sleep(faults.within(SYNC));
        flush();
        change.run();
        scheduler.judge(this::requireOwed);
        machine.point();
        scheduler.sleep(faults.within(SYNC));
    }

    /** What was acknowledged and is not counted is on the disk. */
    void requireOwed() {
        onlooker.requireOwed(tasks, () -> machine.disk().names("spool"));
    }

    /** Is made with the next commit, or in a moment; a crash before that undoes it. */
    private void soon(Runnable change) {
        scheduler.requireAlive();
        waiting.add(change);
        flushIn(GATHER, machine.life());
    }

    private void flushIn(Duration time, Life life) {
        scheduler.after(time, () -> {
            if (!life.isOver() && !waiting.isEmpty()) {
                try {
                    machine.write(FILE);
                    flush();
                    requireOwed();
                } catch (IOException e) {
                    flushIn(AGAIN, life);
                }
            }
        });
    }

    private void flush() {
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Runnable::run);
    }

    /** The machine starts again. */
    void restart() {
        waiting.clear();
    }

    /** The end of the run, once it has ended. */
    Optional<RunEvent> end() {
        return end;
    }

    /** As it is on the disk, for those who look on from outside. */
    Optional<Checkpoint> checkpoint() {
        return checkpoint;
    }

    /** As they are on the disk, for those who look on from outside. */
    List<TaskRow> tasks() {
        return tasks;
    }

    /** Whether the task is closed without an answer, and its node has not come with one since. */
    boolean isUnanswered(String id) {
        return closed.containsKey(id);
    }

    /** How many rounds are committed. */
    int rounds() {
        return read(() -> checkpoint.map(state -> state.state().round()).orElse(0));
    }

    @Override
    public Optional<Checkpoint> latest(String run) {
        return read(() -> checkpoint);
    }

    @Override
    public Optional<Checkpoint> best(String run) {
        return read(() -> best);
    }

    @Override
    public void save(String run, Checkpoint next, Set<Sent> open, RunEvent... events) {
        commit(() -> {
            scheduler.judge(() -> onlooker.commits(checkpoint, next));
            checkpoint.ifPresent(last -> models.put(last.state().round(), last.state().parameters()));
            checkpoint = Optional.of(next);
            if (next.isBest()) {
                best = checkpoint;
            } else if (next.best() > 0 && models.containsKey(next.best())) {
                best = Optional.of(next.asOf(next.best(), models.get(next.best())));
            }
            models.keySet().retainAll(Store.rounds(open));
            tasks.removeIf(task -> task.question().round() <= next.state().round()
                    && !open.contains(new Sent(task.question(), task.node())));
        });
    }

    @Override
    public Parameters model(String run, int round) {
        return read(() -> checkpoint.filter(last -> last.state().round() == round)
                .map(last -> last.state().parameters()).orElseGet(() -> Objects.requireNonNull(models.get(round))));
    }

    @Override
    public void append(String run, RunEvent event) {
        scheduler.requireAlive();
        scheduler.judge(() -> onlooker.happens(event, machine.troubles()));
        if (event instanceof RunEvent.Finished || event instanceof RunEvent.Failed
                || event instanceof RunEvent.Stopped) {
            commit(() -> {
                onlooker.ends();
                end = Optional.of(event);
                tasks.clear();
            });
        }
    }

    @Override
    public List<TaskRow> of(String run) {
        commit(() -> {});
        return read(() -> List.copyOf(tasks));
    }

    @Override
    public void open(String run, List<TaskRow> asked) {
        scheduler.judge(() -> onlooker.asks(asked));
        soon(() -> {
            for (TaskRow task : asked) {
                Question question = task.question();
                tasks.removeIf(old -> old.question().round() != question.round()
                        || old.question().attempt() != question.attempt() && old.question().phase() != Phase.DESCRIBE);
                replace(task);
            }
        });
    }

    @Override
    public void add(String run, TaskRow task) {
        scheduler.judge(() -> onlooker.asks(List.of(task)));
        soon(() -> replace(task));
    }

    private void replace(TaskRow task) {
        tasks.removeIf(old -> old.question().round() == task.question().round()
                && old.question().phase() == task.question().phase() && old.node().equals(task.node()));
        tasks.add(task);
    }

    @Override
    public void forget(List<String> ids) {
        commit(() -> {
            scheduler.judge(() -> onlooker.forgets(ids));
            tasks.removeIf(task -> ids.contains(task.id()));
        });
    }

    @Override
    public void close(List<String> ids) {
        soon(() -> tasks.stream().filter(task -> ids.contains(task.id()))
                .forEach(task -> closed.put(task.id(), task.node())));
    }

    @Override
    public boolean isAwaited(String id, String node) {
        boolean[] awaited = new boolean[1];
        commit(() -> awaited[0] = !closed.containsKey(id) && !toldLate.contains(id) && tasks.stream().anyMatch(
                task -> task.id().equals(id) && task.node().equals(node) && task.report().isEmpty()));
        return awaited[0];
    }

    @Override
    public void late(String id, String node) {
        commit(() -> {
            if (closed.remove(id, node) && toldLate.add(id)) {
                scheduler.judge(() -> onlooker.hearsLate(id, node));
            }
        });
    }

    @Override
    public boolean report(String id, byte[] report) {
        boolean[] noted = new boolean[1];
        commit(() -> {
            closed.remove(id);
            noted[0] = tasks.stream().anyMatch(task -> task.id().equals(id));
            tasks.replaceAll(task -> task.id().equals(id)
                    ? new TaskRow(id, task.question(), task.node(), Optional.of(report))
                    : task);
        });
        return noted[0];
    }

    /** A node has joined. */
    void join(String name) {
        nodes.put(name, new NodeRow(name, "", "", List.of(Scenario.DATA_SET), Instant.EPOCH, Instant.EPOCH, false));
    }

    @Override
    public List<NodeRow> all() {
        return read(() -> List.copyOf(nodes.values()));
    }

    @Override
    public void hello(String name, String version, List<String> dataSets, Instant now) {
        commit(() -> nodes.computeIfPresent(name, (key, row) -> row.hello(version, dataSets, now)));
    }

    @Override
    public void seen(String name, Instant now) {
        commit(() -> nodes.computeIfPresent(name, (key, row) -> row.seen(now)));
    }

    @Override
    public void remove(String name, Instant now) {
        commit(() -> nodes.computeIfPresent(name, (key, row) -> row.remove()));
    }
}
