package dev.hansa.server.api;

import java.time.Instant;
import java.util.Optional;

/** Who may do what until when; the token itself is shown once, and not here. */
public record AccessView(String name, Role role, Instant created, Instant expires, Optional<Instant> revoked) {}
