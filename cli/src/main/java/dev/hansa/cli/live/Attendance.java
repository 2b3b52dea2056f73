package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RunEvent.ClientDescribed;
import java.util.Optional;

/** Who takes part: a line for each of the first, and one for all others together. For one thread at a time. */
final class Attendance {
    /** So many clients have a line of their own. */
    private static final int MOST_NAMES = 20;

    private int named;
    private int others;
    private long trainingRows;
    private long heldOutRows;

    /** The line of this client, if it has one; otherwise it is counted. */
    Optional<String> add(ClientDescribed client) {
        if (named < MOST_NAMES) {
            named++;
            return Optional.of(line(client));
        }
        others++;
        trainingRows += client.trainingRows();
        heldOutRows += client.heldOutRows();
        return Optional.empty();
    }

    /** The others that there have been since it was last asked. */
    Optional<String> others() {
        if (others == 0) {
            return Optional.empty();
        }
        String line = Format.count(others, "more client") + (others == 1 ? " takes" : " take") + " part: "
                + rows(trainingRows, heldOutRows);
        others = 0;
        trainingRows = 0;
        heldOutRows = 0;
        return Optional.of(line);
    }

    /** Of this client alone. */
    static String line(ClientDescribed client) {
        return client.client() + " takes part: " + rows(client.trainingRows(), client.heldOutRows());
    }

    private static String rows(long training, long heldOut) {
        return training + " rows to train on, " + heldOut + " held out";
    }
}
