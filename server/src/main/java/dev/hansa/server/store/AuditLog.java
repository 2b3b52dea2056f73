package dev.hansa.server.store;

import dev.hansa.server.api.AuditEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Who did what, each entry sealed by the next: nobody changes or removes one without making all hashes anew.
 *
 * <p>Guarantee: an act that is noted before it is done is in the log when what it did is on the disk; without anything done,
 * in a moment.
 */
public final class AuditLog {
    /** The most entries that one reading gives. */
    public static final int PAGE = 1_000;

    private final Database database;
    private final Clock clock;

    public AuditLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Notes what is about to be done. Hashes are made when it is written, in the order of writing. */
    public void note(String actor, String act, String subject, String detail) {
        Instant now = clock.instant();
        database.soon(handle -> write(handle, now, actor, act, subject, detail));
    }

    /** The entries after that number, at most {@value #PAGE}, of all that was noted so far. */
    public List<AuditEntry> after(long number) {
        database.change(handle -> {}); // behind all that was noted
        return database.read(handle -> handle
                .select("select * from audit where number > ? order by number limit ?", number, PAGE)
                .map((row, context) -> new AuditEntry(row.getLong("number"),
                        Instant.ofEpochMilli(row.getLong("time")), row.getString("actor"), row.getString("act"),
                        row.getString("subject"), row.getString("detail"), row.getString("hash")))
                .list());
    }

    private static void write(Handle handle, Instant time, String actor, String act, String subject, String detail) {
        Last last = handle.select("select number, hash from audit order by number desc limit 1")
                .map((row, context) -> new Last(row.getLong("number"), row.getString("hash"))).findFirst()
                .orElse(new Last(0, AuditEntry.BEGINNING));
        AuditEntry entry = AuditEntry.after(last.hash, last.number + 1, time, actor, act, subject, detail);
        handle.execute("insert into audit (number, time, actor, act, subject, detail, hash)"
                + " values (?, ?, ?, ?, ?, ?, ?)", entry.number(), entry.time().toEpochMilli(), entry.actor(),
                entry.act(), entry.subject(), entry.detail(), entry.hash());
    }

    private record Last(long number, String hash) {}
}
