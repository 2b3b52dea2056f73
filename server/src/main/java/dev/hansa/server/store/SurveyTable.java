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

/** The surveys. To tasks they are runs. */
public final class SurveyTable {
    private final Database database;

    public SurveyTable(Database database) {
        this.database = database;
    }

    /**
     * Adds a survey that is under way, unless something was submitted with the same key.
     *
     * @return the new survey, or the earlier one; empty if the key is that of a run
     */
    public Optional<SurveyRow> submit(String id, String fileName, String text, Optional<FileSignature> signature,
            Instant now,
            Optional<String> key) {
        return database.write(handle -> {
            boolean used = key.filter(known -> handle.select("select 1 from runs where idempotency_key = ?", known)
                    .mapTo(Integer.class).findFirst().isPresent()).isPresent();
            if (used) {
                return rows(handle, "and idempotency_key = ?", key.orElseThrow()).stream().findFirst();
            }
            handle.execute("insert into runs (id, file_name, spec, state, submitted, reason, idempotency_key, kind,"
                    + " signature) values (?, ?, ?, ?, ?, '', ?, 'survey', ?)", id, fileName, text,
                    RunState.RUNNING.name(),
                    now.toEpochMilli(), key.orElse(null), signature.map(FileSignature::text).orElse(null));
            return rows(handle, "and id = ?", id).stream().findFirst();
        });
    }

    /** The survey. */
    public Optional<SurveyRow> find(String id) {
        return database.read(handle -> rows(handle, "and id = ?", id).stream().findFirst());
    }

    /** Those that are under way, the oldest first. */
    public List<SurveyRow> open() {
        return database.read(handle -> rows(handle, "and ended is null order by submitted, id"));
    }

    /** Notes that the survey is over, together with what came of it: its tasks and their answers are forgotten then. */
    public void end(String id, RunState state, String reason, Optional<String> outcome, Instant now) {
        database.change(handle -> {
            outcome.ifPresent(json -> handle.execute("insert or replace into outcomes (run, outcome) values (?, ?)", id,
                    json));
            RunTable.end(handle, id, state, reason, now);
        });
    }

    private static List<SurveyRow> rows(Handle handle, String which, Object... arguments) {
        return handle.select("select id, file_name, spec, state, submitted, ended, reason, outcome, signature from runs"
                + " left join outcomes on outcomes.run = runs.id where kind = 'survey' " + which, arguments)
                .map(SurveyTable::row).list();
    }

    private static SurveyRow row(ResultSet row, StatementContext context) throws SQLException {
        return new SurveyRow(row.getString("id"), row.getString("file_name"), row.getString("spec"),
                RunState.valueOf(row.getString("state")), Instant.ofEpochMilli(row.getLong("submitted")),
                Optional.ofNullable(row.getObject("ended"))
                        .map(time -> Instant.ofEpochMilli(((Number) time).longValue())),
                row.getString("reason"), Optional.ofNullable(row.getString("outcome")),
                Optional.ofNullable(row.getString("signature")).map(FileSignature::parse));
    }
}
