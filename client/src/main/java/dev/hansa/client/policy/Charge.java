package dev.hansa.client.policy;

import dev.hansa.client.ledger.Told;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import dev.hansa.core.question.Standardising;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the answer to a task costs.
 *
 * <p>A node sees that it clips, and what noise it adds itself: that counts, for each answer, without chance, since the
 * coordinator knows whom it asked. Noise that the coordinator adds counts if the owner trusts it, and then with all rounds
 * that it promises at once: chance hides a node only in rounds where it might have been.
 *
 * @param told  in the answer
 * @param event that it is charged as, with {@link Adjacency#REPLACE_ONE}
 */
record Charge(Told told, DpEvent event) {
    static final DpEvent NOTHING = new Composed(List.of());
    /** Less noise is none, and more counts as no more: sums of far smaller and larger numbers are not exact. */
    private static final double LEAST_NOISE = 1e-3;
    private static final double MOST_NOISE = 1e6;

    /**
     * Of the answer to the task.
     *
     * @param terms   of the run; empty if it tells none
     * @param trusted whether the coordinator's promise counts
     * @param exempt  what costs nothing
     */
    static Charge of(Task task, Optional<Terms> terms, boolean trusted, Set<Told> exempt) {
        if (task instanceof Task.Fit fit) {
            return new Charge(Told.UPDATE, fit.protection()
                    .flatMap(protection -> event(protection, task.round(), trusted ? terms : Optional.empty()))
                    .orElseGet(NonPrivate::new));
        }
        if (task instanceof Task.Statistics statistics) {
            return new Charge(Told.STATISTICS, event(statistics.question()));
        }
        if (task instanceof Task.Describe hiding && hiding.hidden().isPresent()) {
            DpEvent event = exempt.contains(Told.STATISTICS) ? NOTHING : event(hiding.hidden().get(), trusted);
            return new Charge(Told.STATISTICS, event);
        }
        Told told = task instanceof Task.Describe describe
                ? describe.data().standardise() ? Told.STATISTICS : Told.ROWS
                : Told.EVALUATION;
        return new Charge(told, told == Told.ROWS || exempt.contains(told) ? NOTHING : new NonPrivate());
    }

    private static Optional<DpEvent> event(Protection protection, int round, Optional<Terms> trusted) {
        if (protection.quantised().isPresent()) {
            return Optional.empty(); // a share of noise, which hides a node only among the others' shares
        }
        return protection.deviation() > 0
                ? Optional.of(own(protection.deviation() / protection.clip()))
                : trusted.filter(terms -> round <= terms.rounds()).flatMap(Charge::promised);
    }

    /** Noise of the node's own each time anew; that of the coordinator, which adds it once, once a run. */
    private static DpEvent event(Standardising asked, boolean trusted) {
        if (asked.ofRows() || !asked.own() && !trusted) {
            return new NonPrivate();
        }
        DpEvent noise = own(asked.noise());
        return asked.own() || noise instanceof NonPrivate ? noise // one more event is no round of the run
                : new SelfComposed(new Composed(List.of(noise)), 1);
    }

    /** Each time anew, for the noise is new; whatever is exempt, for it may be far more than sums. */
    private static DpEvent event(Question question) {
        double noise = ownNoise(question.noise());
        return noise > 0 ? new Composed(List.of(new SelfComposed(own(noise), question.releases()))) : new NonPrivate();
    }

    /** The noise multiplier by which the node itself hides all of its rows; 0 if single rows at most are hidden. */
    static double ownNoise(Noise noise) {
        return noise.by() == By.CLIENTS && noise.rowsPerClient() > 0 ? noise.multiplier() : 0;
    }

    /** What a whole run will cost, as far as it says; nothing if it says nothing, or costs only where a node is drawn. */
    static DpEvent foreseen(Terms terms, boolean trusted) {
        if (terms.ownNoise() > 0) {
            return new SelfComposed(own(terms.ownNoise()), terms.everyRound() ? terms.rounds() : 1);
        }
        return (trusted ? promised(terms) : Optional.<DpEvent>empty()).orElseGet(NonPrivate::new);
    }

    private static DpEvent own(double noise) {
        return noise >= LEAST_NOISE ? Gaussian.of(Math.min(noise, MOST_NOISE), 1, Adjacency.REPLACE_ONE)
                : new NonPrivate();
    }

    /** All rounds of the run, whether the node is in them or not. */
    private static Optional<DpEvent> promised(Terms terms) {
        return terms.promise().filter(promise -> promise.noise() >= LEAST_NOISE).map(promise -> new SelfComposed(
                sampling(promise.chance()).event(own(promise.noise()), Adjacency.REPLACE_ONE), terms.rounds()));
    }

    private static Sampling sampling(Chance chance) {
        if (chance instanceof Chance.Coins coins) {
            return new Sampling.Poisson(coins.rate());
        }
        return chance instanceof Chance.FixedSize fixed
                ? new Sampling.FixedSize(fixed.population(), fixed.cohort())
                : new Sampling.Everyone();
    }

    /** Whether it covers a whole run, and is charged once. */
    boolean isOfWholeRun() {
        return event instanceof SelfComposed;
    }
}
