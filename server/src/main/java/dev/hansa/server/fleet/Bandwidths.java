package dev.hansa.server.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How fast the links to the nodes were, by the last transfer in each direction that tells. Safe for several threads. */
public final class Bandwidths {
    /** Less than that says more of distances than of bandwidth. */
    private static final long TELLING_BYTES = 256 << 10;

    private final Map<String, Long> down = new ConcurrentHashMap<>();
    private final Map<String, Long> up = new ConcurrentHashMap<>();

    /** The node has received so much, in the time. */
    public void sent(String node, long bytes, Duration time) {
        note(down, node, bytes, time);
    }

    /** The node has sent so much, in the time. */
    public void received(String node, long bytes, Duration time) {
        note(up, node, bytes, time);
    }

    private static void note(Map<String, Long> speeds, String node, long bytes, Duration time) {
        if (bytes >= TELLING_BYTES) {
            speeds.put(node, (long) (bytes * 1e9 / Math.max(1, time.toNanos())));
        }
    }

    /** To the node, in bytes a second; empty before anything told. */
    public Optional<Long> down(String node) {
        return Optional.ofNullable(down.get(node));
    }

    /** From the node, in bytes a second; empty before anything told. */
    public Optional<Long> up(String node) {
        return Optional.ofNullable(up.get(node));
    }
}
