package dev.hansa.server.store;

import dev.hansa.server.api.AccessView;
import dev.hansa.server.api.Role;
import dev.hansa.wire.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Who may do what, known by the SHA-256 of their secrets. */
public final class AccessTable {
    private final Database database;

    public AccessTable(Database database) {
        this.database = database;
    }

    /** Adds it, unless somebody has, or had, the name. */
    public boolean add(Sha256 secret, AccessView access) {
        return database.write(handle -> Database.changed(handle,
                "insert into access (name, secret_sha256, role, created, expires) values (?, ?, ?, ?, ?)"
                        + " on conflict do nothing",
                access.name(), secret.hex(), access.role().toString(),
                access.created().toEpochMilli(), access.expires().toEpochMilli()));
    }

    /** All that were ever given, by name. */
    public List<AccessView> all() {
        return database.read(
                handle -> handle.createQuery("select * from access order by name").map(AccessTable::row).list());
    }

    /** Whose the secret is; since its digest is what is looked up, the time it takes tells nothing about a secret. */
    public Optional<AccessView> find(Sha256 secret) {
        return database.read(handle -> handle.select("select * from access where secret_sha256 = ?", secret.hex())
                .map(AccessTable::row).findFirst());
    }

    /** Ends it; false if nobody is called so. One that was ended before stays as it is. */
    public boolean revoke(String name, Instant now) {
        return database.write(handle -> Database.changed(handle,
                "update access set revoked = coalesce(revoked, ?) where name = ?", now.toEpochMilli(), name));
    }

    private static AccessView row(ResultSet row, StatementContext context) throws SQLException {
        long revoked = row.getLong("revoked");
        Optional<Instant> ended = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(revoked));
        return new AccessView(row.getString("name"), Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(row.getLong("created")), Instant.ofEpochMilli(row.getLong("expires")), ended);
    }
}
