package dev.hansa.cli.simulate;

import dev.hansa.cli.rows.ClientRows;
import dev.hansa.core.data.HoldOut;
import dev.hansa.spec.Partition;
import dev.hansa.wire.Limits;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many rows clients get of so many, and whether that is enough.
 *
 * @param rows of all clients together
 */
record PartSizes(Partition how, int rows, HoldOut holdOut) {

    /** What to say of more clients, or shards, than rows, with the nearest numbers of which each could train. */
    Optional<String> moreThanRows() {
        if (how instanceof Partition.Shards cut) {
            return shards(cut).objection();
        }
        OptionalInt clients = how.numberOfClients();
        return clients.isPresent() && clients.getAsInt() > rows
                ? Optional.of("there are " + rows + " rows for " + clients.getAsInt() + " clients; " + expected(1))
                : Optional.empty();
    }

    /**
     * What to say of parts so small that fewer clients than are needed could take part.
     *
     * @param needed the fewest of which a run can be made
     */
    Optional<String> tooThin(ClientRows parts, int needed) {
        int able = 0;
        int largest = 0;
        for (String client : parts.clients()) {
            int has = parts.rows(client);
            largest = Math.max(largest, has);
            able += has >= least() ? 1 : 0;
            if (able >= needed) {
                return Optional.empty();
            }
        }
        return Optional.of("of " + parts.size() + " clients " + (able == 0 ? "none" : "only " + able)
                + " could take part, and a round needs " + needed + " (cohort.minimumReports), for the largest has "
                + largest + " rows; " + expected(needed));
    }

    private String expected(int needed) {
        int clients = rows / least();
        if (how instanceof Partition.Shards cut) {
            return shards(cut).expected(needed);
        }
        String nearest = how.numberOfClients().isEmpty() ? "a column with fewer values, or more rows"
                : clients < needed ? "more rows" : "at most " + clients + (clients == 1 ? " client" : " clients");
        return "expected " + nearest + "; a client takes part with " + least() + " rows or more"
                + (holdOut instanceof HoldOut.None ? ", the fewest to train on" : ", so that at least "
                        + Limits.LEAST_ROWS + " are held out"
                        + (holdOut instanceof HoldOut.Every every ? " (one in " + every.n() + ")" : "")
                        + " and at least " + Limits.LEAST_ROWS + " are left to train on");
    }

    private ShardCount shards(Partition.Shards cut) {
        return new ShardCount(cut.clients(), cut.shards(), rows, least());
    }

    /** The fewest rows with which a client takes part. */
    private int least() {
        if (!(holdOut instanceof HoldOut.Every every)) {
            return holdOut instanceof HoldOut.None ? Limits.LEAST_ROWS : 2 * Limits.LEAST_ROWS;
        }
        int least = (Limits.LEAST_ROWS - 1) * every.n() + 1; // the first is held out, and each nth after it
        return Math.max(least, 2 * Limits.LEAST_ROWS);
    }
}
