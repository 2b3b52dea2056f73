package dev.hansa.server.api;

import java.util.Optional;

/**
 * The differential privacy of a run's model, for each node as a whole; {@code docs/privacy.md} explains the words.
 *
 * @param mechanism that adds the noise, in a word
 * @param adjacency which two worlds are compared, in words
 * @param epsilon   after the committed rounds
 * @param delta     how likely the promise may fail
 * @param budget    the ε that ends the run before it is exceeded; empty for none
 */
public record PrivacyView(String mechanism, String adjacency, double epsilon, double delta, Optional<Double> budget) {}
