package dev.hansa.server.store;

import dev.hansa.server.api.RunState;
import dev.hansa.wire.trust.FileSignature;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The runs, without what is one to its tasks alone ({@link SurveyTable}). */
public final class RunTable {
    private final Database database;

    public RunTable(Database database) {
        this.database = database;
    }

    /**
     * Adds a run that waits, unless one was submitted with the same key.
     *
     * @return the new run, or the earlier one
     */
    public RunRow submit(String id, String fileName, String spec, Optional<FileSignature> signature, Instant now,
            Optional<String> idempotencyKey) {
        return database.write(handle -> {
            Optional<RunRow> earlier = idempotencyKey.flatMap(key -> rows(handle, "and idempotency_key = ?", key)
                    .stream().findFirst());
            if (earlier.isPresent()) {
                return earlier.get();
            }
            handle.execute(
                    "insert into runs (id, file_name, spec, state, submitted, reason, idempotency_key, signature)"
                            + " values (?, ?, ?, ?, ?, '', ?, ?)",
                    id, fileName, spec, RunState.WAITING.name(), now.toEpochMilli(),
                    idempotencyKey.orElse(null), signature.map(FileSignature::text).orElse(null));
            return rows(handle, "and id = ?", id).getFirst();
        });
    }

    /** The same of a file that nobody has signed. */
    public RunRow submit(String id, String fileName, String spec, Instant now, Optional<String> idempotencyKey) {
        return submit(id, fileName, spec, Optional.empty(), now, idempotencyKey);
    }

    /** The run that was submitted with the key. */
    public Optional<RunRow> submittedWith(String idempotencyKey) {
        return database.read(handle -> rows(handle, "and idempotency_key = ?", idempotencyKey).stream().findFirst());
    }

    /** The run. */
    public Optional<RunRow> find(String id) {
        return database.read(handle -> rows(handle, "and id = ?", id).stream().findFirst());
    }

    /** Whether nodes were asked for statistics under that id. */
    public boolean isSurvey(String id) {
        return database.read(handle -> handle.select("select 1 from runs where id = ? and kind = 'survey'", id)
                .mapTo(Integer.class).findFirst().isPresent());
    }

    /** All runs, the newest first. */
    public List<RunRow> all() {
        return database.read(handle -> rows(handle, "order by submitted desc, id"));
    }

    /** Notes that an operator wants the run to end. */
    public void requestStop(String id, Instant now) {
        database.change(handle -> handle.execute("update runs set stop_requested = ? where id = ? and ended is null",
                now.toEpochMilli(), id));
    }

    /** Notes where the run stands, unless it is over. */
    static void move(Handle handle, String id, RunState state) {
        handle.execute("update runs set state = ? where id = ? and ended is null", state.name(), id);
    }

    /** Notes that the run is over. */
    static void end(Handle handle, String id, RunState state, String reason, Instant now) {
        handle.execute("update runs set state = ?, reason = ?, ended = ? where id = ? and ended is null", state.name(),
                reason, now.toEpochMilli(), id);
        handle.execute("delete from tasks where run = ?", id);
    }

    private static List<RunRow> rows(Handle handle, String which, Object... arguments) {
        return handle
                .select("select id, file_name, spec, state, submitted, ended, stop_requested, reason, signature from"
                        + " runs"
                        + " where kind = 'run' " + which, arguments)
                .map(RunTable::row).list();
    }

    private static RunRow row(ResultSet row, StatementContext context) throws SQLException {
        return new RunRow(row.getString("id"), row.getString("file_name"), row.getString("spec"),
                RunState.valueOf(row.getString("state")), Instant.ofEpochMilli(row.getLong("submitted")),
                Optional.ofNullable(row.getObject("ended"))
                        .map(time -> Instant.ofEpochMilli(((Number) time).longValue())),
                row.getObject("stop_requested") != null, row.getString("reason"),
                Optional.ofNullable(row.getString("signature")).map(FileSignature::parse));
    }
}
