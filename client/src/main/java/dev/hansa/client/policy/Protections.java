package dev.hansa.client.policy;

import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Holds tasks against the least protection that a policy requires of a data set: an update, an answer to a survey and sums
 * before the first round against what they are, every task of a run against what the run says of its updates.
 */
record Protections(DataPolicy rules, Trust trust) {
    private static final String OF_ROWS =
            ": its noise hides single rows alone, and the policy counts all rows together (unit: dataSet)";

    Optional<Objection> objection(Task task, Optional<Terms> terms) {
        Required required = rules.required();
        if (required.secureAggregation() && !(task instanceof Task.Statistics)) {
            return Objection.run("its owner's policy lets updates leave only where they are added up under encryption"
                    + " (secureAggregation), and no run offers that yet");
        }
        if (required.cohort() > 1 && !terms.filter(say -> say.leastUpdates() >= required.cohort()).isPresent()) {
            return Objection.run("its owner's policy wants sums of at least " + required.cohort()
                    + (task instanceof Task.Statistics ? " answers (minimum.nodes)"
                            : " updates (cohort.minimumReports)" + terms.map(Protections::fewer).orElse("")));
        }
        if (task instanceof Task.Fit fit) {
            double clip = clip(fit);
            return clip > required.clip()
                    ? Objection.run("its owner's policy wants " + (isOfRows() ? "gradients of rows" : "updates")
                            + " clipped to "
                            + required.clip() + " or less, and the task "
                            + (Double.isInfinite(clip) ? "clips none" : "clips to " + Figures.number(clip)))
                    : tooQuiet(noise(fit, terms), instead(terms));
        }
        if (task instanceof Task.Statistics statistics) {
            return tooQuiet(Charge.ownNoise(statistics.question().noise(), rules.unit()),
                    instead(statistics.question().noise()));
        }
        OptionalDouble updates = ofUpdates(terms);
        Optional<Objection> later =
                updates.isPresent() ? tooQuiet(updates.getAsDouble(), instead(terms)) : Optional.empty();
        return later.isPresent() || !(task instanceof Task.Describe describe) || !tellsSums(describe) ? later
                : tooQuiet(noise(describe), " in the sums over columns (privacy.statistics)");
    }

    /** Why a sum may be of fewer updates than the run file seems to say; nothing if it may not. */
    private static String fewer(Terms say) {
        boolean countsAny = say.rows().isPresent() || say.ownNoise() > 0
                || say.promise().filter(promise -> promise.chance() instanceof Chance.Coins).isPresent();
        return say.leastUpdates() == 1 && countsAny
                ? ", and here a sum may be of one: where each node's own noise is all that protects it (privacy: local,"
                        + " examples), or nodes are drawn by coins, a round counts whatever comes"
                : "";
    }

    /** What the run says; empty if it is an older one that says nothing, or has noise in each step: the updates will show. */
    private OptionalDouble ofUpdates(Optional<Terms> terms) {
        double noise = terms.map(say -> Math.max(say.ownNoise(), promised(say))).orElse(0.0);
        return !terms.isPresent() || noise == 0 && isOfRows() ? OptionalDouble.empty() : OptionalDouble.of(noise);
    }

    private double noise(Task.Fit fit, Optional<Terms> terms) {
        double own = Charge.ownNoise(fit, rules.unit());
        if (trust == Trust.EVERYBODY && fit.protection().filter(how -> how.quantised().isPresent()).isPresent()) {
            own *= Math.sqrt(terms.map(Terms::leastUpdates).orElse(1));
        }
        return own == 0 && fit.protection().isPresent() ? terms.map(this::promised).orElse(0.0) : own;
    }

    private double noise(Task.Describe describe) {
        return describe.hidden().filter(sums -> isOfRows() || !sums.ofRows())
                .filter(sums -> sums.own() || trust.inCoordinator() && !sums.ofRows())
                .map(sums -> sums.noise()).orElse(0.0);
    }

    /** Which the owner does not call harmless. */
    private boolean tellsSums(Task.Describe describe) {
        return (describe.hidden().isPresent() || describe.data().standardise())
                && !rules.exempt().contains(Told.STATISTICS);
    }

    /** Of the update as a whole or, where rows are to be hidden, of each row's gradient. */
    private double clip(Task.Fit fit) {
        double whole = fit.protection().map(how -> how.clip()).orElse(Double.POSITIVE_INFINITY);
        return isOfRows()
                ? Math.min(whole, Charge.hiddenRows(fit).map(ExamplePrivacy::clip).orElse(Double.POSITIVE_INFINITY))
                : whole;
    }

    private double promised(Terms terms) {
        return trust.inCoordinator() ? terms.promise().map(Terms.Promise::noise).orElse(0.0) : 0;
    }

    private boolean isOfRows() {
        return rules.unit() == Unit.ROW;
    }

    private Optional<Objection> tooQuiet(double noise, String where) {
        double least = rules.required().noise();
        return noise < least
                ? Objection.run("its owner's policy wants a noise multiplier of at least " + Figures.number(least)
                        + (trust.inCoordinator() ? "" : ", of noise that the node adds itself,") + " and finds "
                        + (noise == 0 ? "none" : Figures.noise(noise)) + where)
                : Optional.empty();
    }

    /** What a run has that does not count; empty if nothing. */
    private String instead(Optional<Terms> terms) {
        if (!isOfRows() && terms.flatMap(Terms::rows).isPresent()) {
            return OF_ROWS;
        }
        return !trust.inCoordinator() && terms.flatMap(Terms::promise).isPresent()
                ? ": the coordinator promises noise, whose word does not count here (trust: nobody)"
                : "";
    }

    /** What a survey has that does not count; empty if nothing. */
    private String instead(Noise noise) {
        return noise.by() == By.COORDINATOR
                ? ": the coordinator is to add it (privacy: {noise: coordinator})"
                : noise.by() == By.CLIENTS && noise.rowsPerClient() == 0 && !isOfRows() ? OF_ROWS : "";
    }
}
