package dev.hansa.server.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A node that has joined.
 *
 * @param version  of the node's program
 * @param lastSeen when it last sent a request or waited for work; now, if it waits. To ten minutes if that was before the
 *                 coordinator started
 * @param present  whether it could be asked now
 * @param downBytesPerSecond how fast the last large blob went to it, if one did since the coordinator started
 * @param upBytesPerSecond   how fast the last large blob came from it, if one did
 */
public record NodeView(String name, String version, List<String> dataSets, Instant joined, Instant lastSeen,
        boolean present, Optional<Long> downBytesPerSecond, Optional<Long> upBytesPerSecond) {}
