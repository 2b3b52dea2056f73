package dev.hansa.cli.report;

import dev.hansa.core.privacy.audit.Ceiling;
import dev.hansa.core.privacy.audit.OneRunAudit;
import dev.hansa.core.privacy.audit.Roc;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What attacks on a run came to.
 *
 * @param rows      that were audited, canaries among them
 * @param models    that were trained for it
 * @param rounds    of the attacked model
 * @param loss      how well the loss tells who was learned from, without any other model
 * @param likelihood how well it does beside the attacker's own models
 * @param canaries  what guesses about rows with wrong labels prove; empty without such rows
 * @param promise   of the run; empty if it promises nothing
 */
public record AuditFindings(String run, int clients, int rows, int models, int rounds, Roc loss, Roc likelihood,
        Optional<Canaries> canaries, Optional<Promise> promise, UpdateLeak leak) {
    static final double CONFIDENCE = 0.95;

    /**
     * Guesses which canaries took part.
     *
     * @param delta   for which they are judged
     * @param epsilon the least ε that they leave possible
     * @param most    what that would be at most, if all guesses of whichever number of them were right: more cannot be
     *                proven by so many canaries
     */
    public record Canaries(OneRunAudit guesses, double delta, double epsilon, double most) {}

    /**
     * What the accountant says of the rounds that were made.
     *
     * @param ofClient  for a client as a whole; empty if single rows alone are hidden
     * @param ofRow     for one row of a client
     * @param adjacency in words
     */
    public record Promise(OptionalDouble ofClient, double delta, double ofRow, String adjacency) {
        Ceiling ceiling() {
            return new Ceiling(ofRow, delta);
        }
    }

    /** What follows, for those who answer for the data. */
    public enum Verdict {
        BROKEN("the promise is broken"),
        KEPT("nothing was found against the promise"),
        LEAKS("the model gives away who was learned from"),
        SILENT("the model gave nothing away to these attacks");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** The verdict. */
    public Verdict verdict() {
        double proven = canaries.map(Canaries::epsilon).orElse(0.0);
        if (promise.isPresent()) {
            return proven > promise.get().ofRow() ? Verdict.BROKEN : Verdict.KEPT;
        }
        boolean told = proven > 0 || loss.area(CONFIDENCE).low() > 0.5 || likelihood.area(CONFIDENCE).low() > 0.5;
        return told ? Verdict.LEAKS : Verdict.SILENT;
    }
}
