package dev.hansa.server.store;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table of tasks: a {@link SqliteStore} that commits a round takes its rows out. */
public final class TaskTable implements TaskStore {
    /** So many closed tasks are remembered: no node is late with more than the last few of its own. */
    private static final int MOST_CLOSED = 10_000;

    private final Database database;
    private final EventLog events;

    /** @param events where late answers are told */
    public TaskTable(Database database, EventLog events) {
        this.database = database;
        this.events = events;
    }

    @Override
    public List<TaskRow> of(String run) {
        return database.write(handle -> handle
                .select("select id, round, phase, attempt, node, report from tasks where run = ? order by rowid", run)
                .map((row, context) -> new TaskRow(row.getString("id"), question(row), row.getString("node"),
                        Optional.ofNullable(row.getBytes("report"))))
                .list());
    }

    @Override
    public void open(String run, List<TaskRow> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        Question question = tasks.getFirst().question();
        database.soon(handle -> {
            handle.execute("delete from tasks where run = ? and (round <> ? or (attempt <> ? and phase <> 'DESCRIBE'))",
                    run, question.round(), question.attempt());
            insert(handle, run, tasks);
        });
    }

    @Override
    public void add(String run, TaskRow task) {
        database.soon(handle -> insert(handle, run, List.of(task)));
    }

    private static void insert(Handle handle, String run, List<TaskRow> tasks) {
        PreparedBatch rows = handle.prepareBatch("insert or replace into tasks (id, run, round, phase, attempt, node)"
                + " values (?, ?, ?, ?, ?, ?)");
        tasks.forEach(task -> rows.add(task.id(), run, task.question().round(), task.question().phase().name(),
                task.question().attempt(), task.node()));
        rows.execute();
    }

    @Override
    public void forget(List<String> ids) {
        database.change(handle -> {
            PreparedBatch rows = handle.prepareBatch("delete from tasks where id = ?");
            ids.forEach(rows::add);
            rows.execute();
        });
    }

    @Override
    public void close(List<String> ids) {
        long now = events.now().toEpochMilli();
        database.soon(handle -> {
            PreparedBatch rows = handle.prepareBatch("insert or replace into closed_tasks"
                    + " (id, run, round, phase, node, closed) select id, run, round, phase, node, ? from tasks where id = ?");
            ids.forEach(id -> rows.add(now, id));
            rows.execute();
            handle.execute("delete from closed_tasks where rowid <= (select max(rowid) from closed_tasks) - ?",
                    MOST_CLOSED);
        });
    }

    @Override
    public boolean isAwaited(String id, String node) {
        return database.write(handle -> handle // in turn, so that it sees what has been closed
                .select("select 1 from tasks where id = ? and node = ? and report is null"
                        + " and not exists (select 1 from closed_tasks where id = tasks.id)"
                        + " and not exists (select 1 from late_reports where id = tasks.id)", id, node)
                .mapTo(Integer.class).findFirst().isPresent());
    }

    @Override
    public void late(String id, String node) {
        events.commit(handle -> handle
                .select("select run, round, phase, closed from closed_tasks where id = ? and node = ?",
                        id, node)
                .map((row, context) -> new EventLog.Happening(row.getString("run"),
                        new RunEvent.ClientLate(row.getInt("round"), node, Phase.valueOf(row.getString("phase")),
                                Duration.ofMillis(Math.max(0, events.now().toEpochMilli() - row.getLong("closed"))))))
                .findFirst().filter(late -> counted(handle, id, late.run(), (RunEvent.ClientLate) late.event())));
    }

    /** Whether this is the first time. */
    private static boolean counted(Handle handle, String id, String run, RunEvent.ClientLate late) {
        handle.execute("delete from closed_tasks where id = ?", id);
        return Database.changed(handle, "insert or ignore into late_reports (id, run, round, phase, node, late_millis)"
                + " values (?, ?, ?, ?, ?, ?)", id, run, late.round(), late.phase().name(), late.client(),
                late.late().toMillis());
    }

    /** The answers that came too late in the run. */
    static List<RunEvent.ClientLate> late(Handle handle, String run) {
        return handle
                .select("select round, phase, node, late_millis from late_reports where run = ? order by rowid", run)
                .map((row, context) -> new RunEvent.ClientLate(row.getInt("round"), row.getString("node"),
                        Phase.valueOf(row.getString("phase")), Duration.ofMillis(row.getLong("late_millis"))))
                .list();
    }

    /** A task that an earlier process closed, and this one asks again, is answered in time. */
    @Override
    public boolean report(String id, byte[] report) {
        return database.write(handle -> {
            handle.execute("delete from closed_tasks where id = ?", id);
            return Database.changed(handle, "update tasks set report = ? where id = ?", report, id);
        });
    }

    /** Forgets the tasks of the run's rounds up to this one, which are counted, but for those that are open. */
    static void counted(Handle handle, String run, int round, Set<Fleet.Sent> open) {
        if (open.isEmpty()) {
            handle.execute("delete from tasks where run = ? and round <= ?", run, round);
            return;
        }
        PreparedBatch over = handle.prepareBatch("delete from tasks where id = ?");
        handle.select("select id, round, phase, attempt, node from tasks where run = ? and round <= ?", run, round)
                .map((row, context) -> Map.entry(row.getString("id"),
                        new Fleet.Sent(question(row), row.getString("node"))))
                .list().stream().filter(task -> !open.contains(task.getValue()))
                .forEach(task -> over.add(task.getKey()));
        over.execute();
    }

    private static Question question(ResultSet row) throws SQLException {
        return new Question(row.getInt("round"), Phase.valueOf(row.getString("phase")), row.getInt("attempt"));
    }
}
