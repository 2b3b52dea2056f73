package dev.hansa.server.store;

import dev.hansa.core.coordinator.Fleet.Question;
import java.util.Optional;

/** A task that is asked, and the report on it if there is one. */
public record TaskRow(String id, Question question, String node, Optional<byte[]> report) {}
