package dev.hansa.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clients that are dealt shards of the rows.
 *
 * @param clients at least 1
 * @param shards  of each; at least 1
 * @param rows    that there are
 * @param least   the fewest rows with which a client takes part
 */
record ShardCount(int clients, int shards, int rows, int least) {

    /** What to say of more shards than rows, with counts near these with which each client could train; empty if there are not. */
    Optional<String> objection() {
        long wanted = (long) clients * shards;
        if (wanted <= rows) {
            return Optional.empty();
        }
        return Optional.of("cannot cut " + rows + " rows into " + wanted + " shards, " + shards + " for each of "
                + clients + " clients; " + expected(1));
    }

    /**
     * The counts near these with which each client could train.
     *
     * @param needed fewer clients are of no use
     */
    String expected(int needed) {
        List<String> expected = new ArrayList<>();
        if (mostShards() > 0) {
            expected.add("at most " + mostShards() + " for each");
        }
        if (mostClients() >= needed) {
            expected.add("at most " + mostClients() + (mostClients() == 1 ? " client" : " clients"));
        }
        if (expected.isEmpty()) {
            expected.add("more rows");
        }
        return "expected " + String.join(", or ", expected) + ", for each client needs " + least
                + " rows to take part";
    }

    /** Of the same clients; 0 if there is no such number. */
    private int mostShards() {
        int most = Math.min(shards, rows / clients);
        while (most > 0 && !trains(clients, most)) {
            most--;
        }
        return most;
    }

    /** With as many shards each; 0 if there is no such number. */
    private int mostClients() {
        int ofShard = (least + shards - 1) / shards;
        return (int) (rows / ((long) ofShard * shards));
    }

    /** Whether each client has enough rows, even with the smallest of the shards alone. */
    private boolean trains(int of, int each) {
        return each * (rows / ((long) of * each)) >= least;
    }
}
