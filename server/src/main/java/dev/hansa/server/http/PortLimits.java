package dev.hansa.server.http;

import java.time.Duration;

/**
 * How many may connect, how slow they may be, and how many requests are worked on at once.
 *
 * @param connections at once; others wait until one ends
 * @param head        from connecting to the end of the first request's headers
 * @param idle        a connection on which nothing moves for so long is cut; longer than a request is held open, or a node
 *                    pauses
 * @param body        of a control request, as a whole
 * @param places      for requests of nodes that are worked on; each takes about 128 KiB, and 512 transfers over links of
 *                    2 Mbit/s fill a gigabit
 * @param turn        so long a request waits for its place
 */
public record PortLimits(int connections, Duration head, Duration idle, Duration body, int places, Duration turn) {
    /** Those of a coordinator in use. */
    public static final PortLimits USUAL =
            new PortLimits(10_000, Duration.ofSeconds(15), Duration.ofSeconds(150), Duration.ofSeconds(60));

    /** With the usual places. */
    public PortLimits(int connections, Duration head, Duration idle, Duration body) {
        this(connections, head, idle, body, 1_024, Duration.ofSeconds(10));
    }

    public PortLimits {
        if (connections < 1) {
            throw new IllegalArgumentException("connections is " + connections + ", expected at least 1");
        }
        if (places < 1) {
            throw new IllegalArgumentException("places is " + places + ", expected at least 1");
        }
    }
}
