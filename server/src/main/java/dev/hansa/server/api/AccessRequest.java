package dev.hansa.server.api;

import java.util.Optional;

/**
 * Asks for an access token.
 *
 * @param name            whose it is, as the audit log will call them; nobody else's, now or ever
 * @param role            what they may do
 * @param validForSeconds 1 second to 366 days; empty for 30 days
 */
public record AccessRequest(String name, Role role, Optional<Long> validForSeconds) {}
