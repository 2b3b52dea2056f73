package dev.hansa.server.api;

import dev.hansa.core.coordinator.SurveyLoop.Outcome;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A survey.
 *
 * @param state   {@code running}, {@code finished} or {@code failed}
 * @param ended   empty while it is under way
 * @param reason  why nothing is published; empty otherwise
 * @param outcome empty while it is under way, and if the coordinator failed
 * @param signer  the public key of whoever signed the file; empty if nobody did
 */
public record SurveyView(String id, RunState state, Instant submitted, Optional<Instant> ended, String reason,
        Optional<Outcome> outcome, Optional<String> signer) {
    public SurveyView {
        signer = Objects.requireNonNullElse(signer, Optional.empty()); // a coordinator before there was such a thing
    }
}
