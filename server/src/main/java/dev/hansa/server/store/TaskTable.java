package dev.hansa.server.store;

import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent.Phase;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table of tasks: a {@link SqliteStore} that commits a round takes its rows out. */
public final class TaskTable implements TaskStore {
    private final Database database;

    public TaskTable(Database database) {
        this.database = database;
    }

    @Override
    public List<TaskRow> of(String run) {
        return database.write(handle -> handle
                .select("select id, round, phase, attempt, node, report from tasks where run = ? order by rowid", run)
                .map((row, context) -> new TaskRow(row.getString("id"),
                        new Question(row.getInt("round"), Phase.valueOf(row.getString("phase")),
                                row.getInt("attempt")),
                        row.getString("node"), Optional.ofNullable(row.getBytes("report"))))
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
            PreparedBatch rows =
                    handle.prepareBatch("insert or replace into tasks (id, run, round, phase, attempt, node)"
                            + " values (?, ?, ?, ?, ?, ?)");
            tasks.forEach(task -> rows.add(task.id(), run, question.round(), question.phase().name(),
                    question.attempt(), task.node()));
            rows.execute();
        });
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
    public boolean report(String id, byte[] report) {
        return database
                .write(handle -> Database.changed(handle, "update tasks set report = ? where id = ?", report, id));
    }

    /** Forgets the tasks of the run's rounds up to this one, which are counted. */
    static void counted(Handle handle, String run, int round) {
        handle.execute("delete from tasks where run = ? and round <= ?", run, round);
    }
}
