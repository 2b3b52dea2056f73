package dev.hansa.server.http;

import java.time.Duration;

/**
 * How many may connect, and how slow they may be.
 *
 * @param connections at once; others wait until one ends
 * @param head        from connecting to the end of the first request's headers
 * @param idle        a connection on which nothing moves for so long is cut; longer than a request is held open, or a node
 *                    pauses
 * @param body        of a control request, as a whole
 */
public record PortLimits(int connections, Duration head, Duration idle, Duration body) {
    /** Those of a coordinator in use. */
    public static final PortLimits USUAL =
            new PortLimits(10_000, Duration.ofSeconds(15), Duration.ofSeconds(120), Duration.ofSeconds(60));

    public PortLimits {
        if (connections < 1) {
            throw new IllegalArgumentException("connections is " + connections + ", expected at least 1");
        }
    }
}
