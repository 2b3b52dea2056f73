package dev.hansa.server.store;

import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;

/**
 * The ends of nodes' ledgers, as they were told: a witness for owners, whose node sees by it that a copy is old, or that
 * another copy of it runs. Safe for several threads.
 */
public final class LedgerTable {
    /** So many numbers up to the furthest are remembered of a node. */
    static final int KEPT = 1_000;

    private final Database database;
    private final ReentrantLock lock = new ReentrantLock();
    /** Told, and not in the database yet. */
    private final Map<End, Sha256> coming = new ConcurrentHashMap<>();

    public LedgerTable(Database database) {
        this.database = database;
    }

    /** The furthest that the node has told; empty if it has told none. */
    public Optional<LedgerHead> find(String node) {
        return database.read(handle -> handle
                .select("select sequence, hash from ledger_ends where node = ? order by sequence desc limit 1", node)
                .map((row, context) -> new LedgerHead(row.getLong("sequence"), Sha256.parse(row.getString("hash"))))
                .findFirst());
    }

    /**
     * Notes how far it goes; on the disk before what is written later, in a moment at the latest.
     *
     * @return false if the node told another record of that number before, which stays: it has two ledgers
     */
    public boolean told(String node, LedgerHead head) {
        End end = new End(node, head.sequence());
        lock.lock();
        try {
            Optional<Sha256> before = Optional.ofNullable(coming.get(end)).or(() -> read(end));
            if (before.isEmpty()) {
                coming.put(end, head.hash());
                database.soon(handle -> write(handle, end, head.hash()))
                        .whenComplete((done, problem) -> coming.remove(end));
            }
            return before.isEmpty() || before.get().equals(head.hash());
        } finally {
            lock.unlock();
        }
    }

    private Optional<Sha256> read(End end) {
        return database.read(handle -> handle
                .select("select hash from ledger_ends where node = ? and sequence = ?", end.node, end.sequence)
                .map((row, context) -> Sha256.parse(row.getString("hash"))).findFirst());
    }

    private static void write(Handle handle, End end, Sha256 hash) {
        handle.execute("insert into ledger_ends (node, sequence, hash) values (?, ?, ?) on conflict do nothing",
                end.node, end.sequence, hash.hex());
        handle.execute("delete from ledger_ends where node = ? and sequence <="
                + " (select max(sequence) from ledger_ends where node = ?) - ?", end.node, end.node, KEPT);
    }

    private record End(String node, long sequence) {}
}
