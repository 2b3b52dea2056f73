package dev.hansa.client.policy;

import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.distributed.Rotation;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DiscreteGaussianSum;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.event.SharedNoise;
import dev.hansa.core.privacy.event.SkellamSum;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Protection.Quantised;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import dev.hansa.core.question.Standardising;
import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the answer to a task costs, in either {@link Unit}.
 *
 * <p>A node sees that it clips, and what noise it adds itself: that counts, for each answer, without chance, since the
 * coordinator knows whom it asked. Of noise that all nodes add together its own share counts, and those of the others if the
 * owner trusts everybody. Noise that the coordinator adds counts if the owner trusts it, and then with all rounds that it
 * promises at once: chance hides a node only in rounds where it might have been.
 *
 * @param told  in the answer
 * @param event that all rows together are charged, with {@link Adjacency#REPLACE_ONE}
 * @param row   that each single row is charged, likewise
 */
record Charge(Told told, DpEvent event, DpEvent row) {
    static final DpEvent NOTHING = new Composed(List.of());
    /** Less noise is none, and more counts as no more: sums of far smaller and larger numbers are not exact. */
    private static final double LEAST_NOISE = 1e-3;
    private static final double MOST_NOISE = 1e6;

    private Charge(Told told, DpEvent event) {
        this(told, event, event);
    }

    /**
     * Of the answer to the task.
     *
     * @param terms  of the run; empty if it tells none
     * @param trust  whose promises count
     * @param exempt what costs nothing
     */
    static Charge of(Task task, Optional<Terms> terms, Trust trust, Set<Told> exempt) {
        if (task instanceof Task.Fit fit) {
            Optional<DpEvent> all = fit.protection().flatMap(protection -> event(protection, fit, terms, trust));
            return all.isPresent() ? new Charge(Told.UPDATE, all.get())
                    : new Charge(Told.UPDATE, new NonPrivate(),
                            rows(fit).filter(hidden -> !isChosen(fit.data()) || exempt.contains(Told.STATISTICS))
                                    .orElseGet(NonPrivate::new));
        }
        if (task instanceof Task.Statistics statistics) {
            return of(statistics.question());
        }
        if (task instanceof Task.Describe describe) {
            return of(describe, trust, exempt);
        }
        boolean harmless = exempt.contains(Told.EVALUATION)
                && (!isChosen(task.data()) || exempt.contains(Told.STATISTICS)); // it tells how many rows it is of
        return new Charge(Told.EVALUATION, harmless ? NOTHING : new NonPrivate());
    }

    private static Charge of(Task.Describe describe, Trust trust, Set<Told> exempt) {
        boolean chosen = isChosen(describe.data());
        if (!chosen && !describe.hidden().isPresent() && !describe.data().standardise()) {
            return new Charge(Told.ROWS, NOTHING);
        }
        if (exempt.contains(Told.STATISTICS)) {
            return new Charge(Told.STATISTICS, NOTHING);
        }
        return chosen || !describe.hidden().isPresent() ? new Charge(Told.STATISTICS, new NonPrivate())
                : of(describe.hidden().get(), trust);
    }

    /** Whether numbers of rows are those of rows with a value that somebody else has chosen: then they tell of rows. */
    static boolean isChosen(DataSpec data) {
        return data.holdOut() instanceof HoldOut.Marked;
    }

    private static Optional<DpEvent> event(Protection protection, Task.Fit fit, Optional<Terms> terms, Trust trust) {
        if (protection.quantised().isPresent()) {
            int shares = trust == Trust.EVERYBODY ? terms.map(Terms::leastUpdates).orElse(1) : 1;
            return shared(protection, protection.quantised().get(), fit.parameters().size(), shares);
        }
        if (protection.deviation() > 0) {
            return Optional.of(own(protection.deviation() / protection.clip()));
        }
        return terms.filter(say -> trust.inCoordinator() && fit.round() <= say.rounds()).flatMap(Charge::promised);
    }

    /** Noise on whole numbers, to which so many add a share. */
    private static Optional<DpEvent> shared(Protection protection, Quantised how, int values, int shares) {
        if (values == 0 || protection.deviation() < LEAST_NOISE * protection.clip()) {
            return Optional.empty();
        }
        try {
            SharedNoise noise = new SharedNoise(shares, Rotation.length(values), protection.clip(),
                    protection.deviation(), how.granularity(), SharedNoise.USUAL_BIAS).replacingOne();
            return Optional.of(new Composed(List.of(how.noise() == IntegerNoise.SKELLAM
                    ? new SkellamSum(noise) : new DiscreteGaussianSum(noise))));
        } catch (IllegalArgumentException e) { // of numbers too extreme to be worked with: nobody knows what it hides
            return Optional.empty();
        }
    }

    /** How a training hides each row; where a row gives several examples, each is drawn for itself and no row is hidden. */
    static Optional<ExamplePrivacy> hiddenRows(Task.Fit fit) {
        return fit.training().privacy().filter(how -> hidesRows(how.noise(), fit.data()));
    }

    private static boolean hidesRows(double noise, DataSpec data) {
        return noise >= Limits.LEAST_ROW_NOISE && !(data.schema().label() instanceof Column.NextCharacter);
    }

    /** Noise of its own in each step. */
    private static Optional<DpEvent> rows(Task.Fit fit) {
        return hiddenRows(fit)
                .map(how -> new Composed(List.of(new SelfComposed(step(how.noise(), how.sampling()),
                        fit.training().stepsOver(1)))));
    }

    private static DpEvent step(double noise, double sampling) {
        return sampling < 1 ? new PoissonSampled(sampling, own(noise)) : own(noise);
    }

    /** Noise of the node's own each time anew; that of the coordinator, which adds it once, once a run. */
    private static Charge of(Standardising asked, Trust trust) {
        DpEvent noise = own(asked.noise());
        if (asked.ofRows()) {
            return new Charge(Told.STATISTICS, new NonPrivate(), asked.own() ? noise : new NonPrivate());
        }
        if (asked.own() || noise instanceof NonPrivate) {
            return new Charge(Told.STATISTICS, noise);
        }
        return new Charge(Told.STATISTICS, trust.inCoordinator()
                ? new SelfComposed(new Composed(List.of(noise)), 1) // one more event is no round of the run
                : new NonPrivate());
    }

    /** Each time anew, for the noise is new; whatever is exempt, for it may be far more than sums. */
    private static Charge of(Question question) {
        double row = ownNoise(question.noise(), Unit.ROW);
        double all = ownNoise(question.noise(), Unit.DATA_SET);
        return new Charge(Told.STATISTICS, answer(question, all), answer(question, row));
    }

    private static DpEvent answer(Question question, double noise) {
        return noise > 0 ? new Composed(List.of(new SelfComposed(own(noise), question.releases()))) : new NonPrivate();
    }

    /** The noise multiplier by which the node itself hides that; 0 if it does not. */
    static double ownNoise(Noise noise, Unit unit) {
        return noise.by() == By.CLIENTS && (unit == Unit.ROW || noise.rowsPerClient() > 0) ? noise.multiplier() : 0;
    }

    /** The noise multiplier by which the node itself hides that in an update; 0 if it does not. */
    static double ownNoise(Task.Fit fit, Unit unit) {
        double all = fit.protection().map(how -> how.deviation() / how.clip()).orElse(0.0);
        return unit == Unit.ROW ? Math.max(all, hiddenRows(fit).map(ExamplePrivacy::noise).orElse(0.0)) : all;
    }

    /**
     * What a whole run will cost in that unit, as far as it says, if it asks in so many rounds; empty if it says nothing.
     *
     * @param data that it asks for
     */
    static Optional<DpEvent> foreseen(Terms terms, Trust trust, Unit unit, DataSpec data, int rounds) {
        if (terms.ownNoise() > 0) {
            double shares = trust == Trust.EVERYBODY ? Math.sqrt(terms.leastUpdates()) : 1; // if it is a share
            return Optional.of(new SelfComposed(own(terms.ownNoise() * shares), rounds));
        }
        if (unit == Unit.ROW && terms.rows().isPresent()) {
            Terms.Rows rows = terms.rows().get();
            return Optional.of(hidesRows(rows.noise(), data)
                    ? new SelfComposed(step(rows.noise(), rows.sampling()), (long) rows.steps() * rounds)
                    : new NonPrivate());
        }
        return trust.inCoordinator() ? promised(terms) : Optional.empty();
    }

    private static DpEvent own(double noise) {
        return noise >= LEAST_NOISE ? Gaussian.of(Math.min(noise, MOST_NOISE), 1, Adjacency.REPLACE_ONE)
                : new NonPrivate();
    }

    /** All rounds of the run, whether the node is in them or not. */
    private static Optional<DpEvent> promised(Terms terms) {
        return terms.promise().filter(promise -> promise.noise() >= LEAST_NOISE)
                .map(promise -> promise.chance() instanceof Chance.Rests
                        ? new SelfComposed(own(promise.noise()), 1)
                        : new SelfComposed(sampling(promise.chance()).event(own(promise.noise()),
                                Adjacency.REPLACE_ONE), terms.rounds()));
    }

    private static Sampling sampling(Chance chance) {
        if (chance instanceof Chance.Coins coins) {
            return new Sampling.Poisson(coins.rate());
        }
        return chance instanceof Chance.FixedSize fixed
                ? new Sampling.FixedSize(fixed.population(), fixed.cohort())
                : new Sampling.Everyone();
    }

    /** In that unit. */
    DpEvent event(Unit unit) {
        return unit == Unit.ROW ? row : event;
    }

    /**
     * What the task asks, where the coordinator adds noise to all answers once and the same question costs the run nothing more;
     * empty if it is no such question.
     */
    static Optional<Sha256> question(Task task) {
        return task instanceof Task.Describe describe
                ? describe.hidden().filter(sums -> !sums.own())
                        .map(sums -> Sha256.of((describe.data() + "\n" + sums).getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    /** Whether it covers all of the run's updates, or all answers to its question, and was charged before. */
    boolean isPaid(Task task, Ledger ledger) {
        if (!(event instanceof SelfComposed)) {
            return false;
        }
        String set = task.data().set();
        return task instanceof Task.Describe
                ? question(task).filter(asked -> ledger.hasAnswered(task.run(), set, asked)).isPresent()
                : ledger.hasCharged(task.run(), set, event);
    }

    /** The same, which was paid before. */
    Charge paid() {
        return new Charge(told, NOTHING);
    }
}
