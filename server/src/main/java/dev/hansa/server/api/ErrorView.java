package dev.hansa.server.api;

import java.util.List;

/**
 * The body of an answer with a status of 400 or more to an operator.
 *
 * @param code     a word for programs, listed in docs/protocol.md
 * @param message  for people
 * @param problems of a run file that is not valid, each with its place; otherwise empty
 */
public record ErrorView(String code, String message, List<String> problems) {}
