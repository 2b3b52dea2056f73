package dev.hansa.server.http;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * The transfers of each node that are under way: two at most, or a few nodes that are slow could keep the others out. One
 * more ends the oldest, which is most likely one whose connection the node has lost and we have not seen break. Safe for
 * several threads.
 */
final class Transfers {
    private static final int OF_A_NODE = 2;

    /** By node, oldest first. */
    private final Map<String, Queue<Transfer>> underWay = new HashMap<>();

    /**
     * Counts one more.
     *
     * @param cut ends it from outside, at once
     * @return to be run when it has ended; a second time does nothing
     */
    Runnable begin(String node, Runnable cut) {
        Transfer transfer = new Transfer(cut);
        Transfer oldest;
        synchronized (underWay) {
            Queue<Transfer> transfers = underWay.computeIfAbsent(node, name -> new ArrayDeque<>());
            oldest = transfers.size() < OF_A_NODE ? null : transfers.remove();
            transfers.add(transfer);
        }
        if (oldest != null) {
            oldest.cut.run();
        }
        return () -> end(node, transfer);
    }

    private void end(String node, Transfer transfer) {
        synchronized (underWay) {
            underWay.computeIfPresent(node, (name, transfers) -> {
                transfers.remove(transfer);
                return transfers.isEmpty() ? null : transfers;
            });
        }
    }

    /** Equal to itself alone. */
    private static final class Transfer {
        private final Runnable cut;

        Transfer(Runnable cut) {
            this.cut = cut;
        }
    }
}
