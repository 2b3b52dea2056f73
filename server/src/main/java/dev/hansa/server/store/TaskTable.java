package dev.hansa.server.store;

import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent.Phase;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The tasks of questions that are under way, and the reports on them.
 *
 * <p>Guarantee: a row stays until the commit that counts its report: after a crash, what was acknowledged is here or is
 * counted, never both and never neither.
 */
public final class TaskTable {
    private final Database database;

    public TaskTable(Database database) {
        this.database = database;
    }

    /** All tasks of the run, first asked first, with those that are not durable yet. */
    public List<TaskRow> of(String run) {
        return database.write(handle -> handle
                .select("select id, round, phase, attempt, node, report from tasks where run = ? order by rowid", run)
                .map((row, context) -> new TaskRow(row.getString("id"),
                        new Question(row.getInt("round"), Phase.valueOf(row.getString("phase")),
                                row.getInt("attempt")),
                        row.getString("node"), Optional.ofNullable(row.getBytes("report"))))
                .list());
    }

    /**
     * Adds tasks, all of one question. What was asked of the same nodes in the same phase before, or of anybody in other rounds
     * or in other attempts at this one, is forgotten; but the answers of a roll call add up over its attempts.
     *
     * <p>They are durable in a moment, and before any report on them: a crash within it means that they are asked anew.
     */
    public void open(String run, List<TaskRow> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        Question question = tasks.getFirst().question;
        database.soon(handle -> {
            handle.execute("delete from tasks where run = ? and (round <> ? or (attempt <> ? and phase <> 'DESCRIBE'))",
                    run, question.round(), question.attempt());
            PreparedBatch rows =
                    handle.prepareBatch("insert or replace into tasks (id, run, round, phase, attempt, node)"
                            + " values (?, ?, ?, ?, ?, ?)");
            tasks.forEach(task -> rows.add(task.id, run, question.round(), question.phase().name(),
                    question.attempt(), task.node));
            rows.execute();
        });
    }

    /** Notes the report on a task; says whether that was among those that are under way. */
    public boolean report(String id, byte[] report) {
        return database
                .write(handle -> Database.changed(handle, "update tasks set report = ? where id = ?", report, id));
    }

    /** Forgets the tasks of the run's rounds up to this one, which are counted. */
    static void counted(Handle handle, String run, int round) {
        handle.execute("delete from tasks where run = ? and round <= ?", run, round);
    }

    /** A task that is asked, and the report on it if there is one. */
    public record TaskRow(String id, Question question, String node, Optional<byte[]> report) {}
}
