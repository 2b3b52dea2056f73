package dev.hansa.core.coordinator;

import dev.hansa.core.model.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By client the last round that was asked for an update of it that was counted, kept while a run's history grows, so that
 * nobody looks through all rounds for each client. For one thread.
 *
 * <p>A table by hash with free places between, and no object an entry: among a million clients each look at another
 * object is a look at memory far away.
 */
final class LastCounted {
    /** Nowhere twice; at least half of the places are free. A power of two many. */
    private @Nullable String[] clients = new String[16];
    private int[] rounds = new int[clients.length];
    private int size;
    private int known;

    /**
     * As {@link Checkpoint#lastCounted} says.
     *
     * @param checkpoint of the run, and not an older one than before
     */
    int of(Checkpoint checkpoint, String client) {
        read(checkpoint);
        return rounds[place(client)];
    }

    /**
     * The same of each of them, in their order. Nothing else is done between two looks, so that the processor fetches what
     * several need, far away in memory, at once.
     */
    int[] of(Checkpoint checkpoint, Names some) {
        read(checkpoint);
        int[] last = new int[some.size()];
        for (int i = 0; i < last.length; i++) {
            last[i] = rounds[place(some.get(i))];
        }
        return last;
    }

    private void read(Checkpoint checkpoint) {
        List<RoundRecord> history = checkpoint.history();
        for (; known < history.size(); known++) {
            int round = known + 1;
            history.get(known).clients().forEach((counted, part) -> {
                if (part.isCounted()) {
                    put(counted, round - part.staleness());
                }
            });
        }
    }

    private void put(String client, int round) {
        int place = place(client);
        rounds[place] = round;
        if (clients[place] == null) {
            clients[place] = client;
            size++;
            if (2 * size > clients.length) {
                grow();
            }
        }
    }

    private void grow() {
        @Nullable
        String[] before = clients;
        int[] last = rounds;
        clients = new String[2 * before.length];
        rounds = new int[clients.length];
        for (int old = 0; old < before.length; old++) {
            String client = before[old];
            if (client != null) {
                int place = place(client);
                clients[place] = client;
                rounds[place] = last[old];
            }
        }
    }

    /** Where the client is, or would be. */
    private int place(String client) {
        int hash = client.hashCode();
        int place = (hash ^ hash >>> 16) & clients.length - 1;
        while (clients[place] != null && !client.equals(clients[place])) {
            place = place + 1 & clients.length - 1;
        }
        return place;
    }
}
