package dev.hansa.server.store;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** The tasks of rounds under way, and the reports on them. A row goes when its round is counted. */
public final class TaskTable {
    private final Database database;

    public TaskTable(Database database) {
        this.database = database;
    }

    /** Adds tasks that are asked. */
    public void open(List<TaskRow> tasks) {
        database.change(handle -> tasks.forEach(task -> handle.execute(
                "insert into tasks (id, run, round, node, kind) values (?, ?, ?, ?, ?)", task.id, task.run, task.round,
                task.node, task.kind)));
    }

    /** Notes the report on a task. */
    public void report(String id, byte[] report) {
        database.change(handle -> handle.execute("update tasks set report = ? where id = ?",
                HexFormat.of().formatHex(report), id));
    }

    /** Forgets tasks. */
    public void close(Collection<String> ids) {
        database.change(handle -> ids.forEach(id -> handle.execute("delete from tasks where id = ?", id)));
    }

    /**
     * Forgets the tasks that an earlier process left: their rounds begin again.
     *
     * @return how many there were
     */
    public int closeAll() {
        return database.write(handle -> handle.execute("delete from tasks"));
    }

    /** A task that is asked. */
    public record TaskRow(String id, String run, int round, String node, String kind) {}
}
