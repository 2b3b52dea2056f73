package dev.hansa.client.policy;

import dev.hansa.core.protocol.Report;
import java.util.Optional;

/**
 * Why a task is not done.
 *
 * @param full   for the owner
 * @param told   to the coordinator: which rule it is, and nothing of other runs
 * @param effect on the run
 */
record Objection(String full, String told, Effect effect) {

    /** How long it holds. */
    enum Effect {
        /** The node takes no part in the run. */
        RUN,
        /** This question is not answered, others may be. */
        QUESTION,
        /** It may be answered later. */
        FOR_NOW,
        /** It may be answered when the owner has decided on the run. */
        UNDECIDED
    }

    /** Of which the coordinator may know all. */
    static Objection open(String text, Effect effect) {
        return new Objection(text, text, effect);
    }

    /** That keeps the node out of the run, and of which the coordinator may know all. */
    static Optional<Objection> run(String text) {
        return Optional.of(open(text, Effect.RUN));
    }

    Report report() {
        return switch (effect) {
            case RUN -> new Report.Refused(told);
            case QUESTION -> new Report.Failed(told);
            case FOR_NOW, UNDECIDED -> new Report.Failed(told, true);
        };
    }
}
