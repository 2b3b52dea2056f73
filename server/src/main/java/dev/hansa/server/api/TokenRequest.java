package dev.hansa.server.api;

import java.util.Optional;

/**
 * Asks for a join token.
 *
 * @param name            what the node will be called; empty for the node to choose
 * @param validForSeconds 1 second to 90 days; empty for one day
 */
public record TokenRequest(Optional<String> name, Optional<Long> validForSeconds) {}
