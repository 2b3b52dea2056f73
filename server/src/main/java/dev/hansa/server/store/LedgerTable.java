package dev.hansa.server.store;

import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import java.util.Optional;

/** How far nodes' ledgers go, as far as they have told: a witness for owners, whose node sees by it that a copy is old. */
public final class LedgerTable {
    private final Database database;

    public LedgerTable(Database database) {
        this.database = database;
    }

    /** The furthest that the node has told; empty if it has told none. */
    public Optional<LedgerHead> find(String node) {
        return database.read(handle -> handle.select("select sequence, hash from ledgers where node = ?", node)
                .map((row, context) -> new LedgerHead(row.getLong("sequence"), Sha256.parse(row.getString("hash"))))
                .findFirst());
    }

    /** Notes how far it goes, unless it was further before; in a moment, for it is told with each answer. */
    public void told(String node, LedgerHead head) {
        database.soon(handle -> handle.execute("insert into ledgers (node, sequence, hash) values (?, ?, ?)"
                + " on conflict (node) do update set sequence = excluded.sequence, hash = excluded.hash"
                + " where excluded.sequence > ledgers.sequence", node, head.sequence(), head.hash().hex()));
    }
}
