package dev.hansa.server.store;

import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent.Phase;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

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

    /** All tasks of the run, first asked first. */
    public List<TaskRow> of(String run) {
        return database.read(handle -> handle
                .select("select id, round, phase, attempt, node, report from tasks where run = ? order by rowid", run)
                .map((row, context) -> new TaskRow(row.getString("id"),
                        new Question(row.getInt("round"), Phase.valueOf(row.getString("phase")),
                                row.getInt("attempt")),
                        row.getString("node"), Optional.ofNullable(row.getBytes("report"))))
                .list());
    }

    /**
     * Adds tasks of one question. What was asked of the same nodes in the same phase before, or of anybody in other rounds
     * or in other attempts at this one, is forgotten; but the answers of a roll call add up over its attempts.
     */
    public void open(String run, List<TaskRow> tasks) {
        database.change(handle -> tasks.forEach(task -> {
            Question question = task.question;
            handle.execute("delete from tasks where run = ? and (round <> ? or (attempt <> ? and phase <> 'DESCRIBE'))",
                    run, question.round(), question.attempt());
            handle.execute("insert or replace into tasks (id, run, round, phase, attempt, node)"
                    + " values (?, ?, ?, ?, ?, ?)", task.id, run, question.round(), question.phase().name(),
                    question.attempt(), task.node);
        }));
    }

    /** Notes the report on a task. */
    public void report(String id, byte[] report) {
        database.change(handle -> handle.execute("update tasks set report = ? where id = ?", report, id));
    }

    /** Forgets the tasks of the run's rounds up to this one, which are counted. */
    static void counted(Handle handle, String run, int round) {
        handle.execute("delete from tasks where run = ? and round <= ?", run, round);
    }

    /** A task that is asked, and the report on it if there is one. */
    public record TaskRow(String id, Question question, String node, Optional<byte[]> report) {}
}
