package dev.hansa.server.api;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of runs.
 *
 * @param round  the last committed round, 0 before the first
 * @param rounds the most rounds
 * @param reason why the run ended; empty before
 * @param waitsFor what the run waits for now, for people; null if it does not wait
 */
public record RunSummary(String id, String name, RunState state, int round, int rounds, Instant submitted,
        Optional<Instant> ended, String reason, @Nullable String waitsFor) {}
