package dev.hansa.server.api;

import java.time.Instant;
import java.util.List;

/**
 * A node that has joined.
 *
 * @param version  of the node's program
 * @param lastSeen to the minute
 * @param present  whether it could be asked now
 */
public record NodeView(String name, String version, List<String> dataSets, Instant joined, Instant lastSeen,
        boolean present) {}
