package dev.hansa.server.api;

import dev.hansa.core.coordinator.RunEvent;
import java.time.Instant;

/**
 * What happened in a run.
 *
 * @param number counts the run's events, from 1
 */
public record EventView(long number, Instant time, RunEvent event) {}
