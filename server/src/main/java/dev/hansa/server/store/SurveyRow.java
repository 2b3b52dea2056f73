package dev.hansa.server.store;

import dev.hansa.server.api.RunState;
import dev.hansa.wire.trust.FileSignature;
import java.time.Instant;
import java.util.Optional;

/**
 * A survey.
 *
 * @param text    of its file
 * @param outcome in JSON; empty until it is over, and if it failed
 * @param signature of the text by its author, which held when it was submitted
 */
public record SurveyRow(String id, String fileName, String text, RunState state, Instant submitted,
        Optional<Instant> ended, String reason, Optional<String> outcome,
        Optional<FileSignature> signature) {}
