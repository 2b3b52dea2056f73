package dev.hansa.server.store;

import dev.hansa.server.api.RunState;
import dev.hansa.wire.trust.FileSignature;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as submitted, and where it stands.
 *
 * @param fileName      of the spec, for messages
 * @param spec          the file as submitted
 * @param stopRequested whether an operator has ended it
 * @param reason        why it ended; empty before
 * @param signature     of the spec by its author, which held when it was submitted
 */
public record RunRow(String id, String fileName, String spec, RunState state, Instant submitted,
        Optional<Instant> ended, boolean stopRequested, String reason,
        Optional<FileSignature> signature) {}
