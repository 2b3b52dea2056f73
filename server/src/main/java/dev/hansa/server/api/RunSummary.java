package dev.hansa.server.api;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of the list of runs.
 *
 * @param round  the last committed round, 0 before the first
 * @param rounds the most rounds
 * @param reason why the run ended; empty before
 */
public record RunSummary(String id, String name, RunState state, int round, int rounds, Instant submitted,
        Optional<Instant> ended, String reason) {}
