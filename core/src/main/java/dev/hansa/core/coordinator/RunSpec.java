package dev.hansa.core.coordinator;

import dev.hansa.core.data.DataSpec;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Names;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.Strategy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;

/**
 * A run, whole: what {@code run.yaml} says.
 *
 * @param name       for people
 * @param purpose    for people, above all the data owners; may be empty
 * @param compression of the updates
 * @param rounds     the most rounds; at least 1
 * @param personalization how clients come to models of their own
 * @param privacy    what is promised of the model, and how it is kept; empty if nothing is
 * @param seed       of all reproducible choices
 */
public record RunSpec(String name, String purpose, DataSpec data, ModelSpec model, Strategy strategy,
        Compression compression, int rounds, Cohort cohort, Evaluation evaluation, StopRule stop,
        Personalization personalization, Optional<PrivacyPlan> privacy, Seed seed) {

    public RunSpec {
        data.schema().toLearn();
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds is " + rounds + ", expected at least 1");
        }
        evaluation.detail().objection(data.schema().outputs(), Integer.MAX_VALUE).ifPresent(objection -> {
            throw new IllegalArgumentException("the model cannot be measured so: " + objection);
        });
        cohort.selector().objection(cohort).ifPresent(objection -> {
            throw new IllegalArgumentException("the cohort cannot be chosen: " + objection);
        });
        if (cohort.minimumReports() < strategy.leastUpdates()) {
            throw new IllegalArgumentException("minimumReports is " + cohort.minimumReports()
                    + ", and the strategy needs " + strategy.leastUpdates() + " updates a round");
        }
        strategy.buffering().flatMap(buffer -> buffered(buffer, cohort, strategy, personalization, evaluation))
                .ifPresent(objection -> {
                    throw new IllegalArgumentException("updates cannot count as they come: " + objection);
                });
        if (cohort.partialWork() && !strategy.usesPartialWork()) {
            throw new IllegalArgumentException("the cohort's partial work is to be counted, which the strategy "
                    + strategy.getClass().getSimpleName() + " cannot do");
        }
        privacy.ifPresent(
                plan -> PrivacyRules.check(plan, data, model, strategy, compression, evaluation, personalization));
    }

    /** Nothing is promised of the model's privacy. */
    public RunSpec(String name, String purpose, DataSpec data, ModelSpec model, Strategy strategy,
            Compression compression, int rounds, Cohort cohort, Evaluation evaluation, StopRule stop,
            Personalization personalization, Seed seed) {
        this(name, purpose, data, model, strategy, compression, rounds, cohort, evaluation, stop, personalization,
                Optional.empty(), seed);
    }

    /**
     * The same whose model is private.
     *
     * @throws IllegalArgumentException if the run is one that this cannot be promised of
     */
    public RunSpec with(Privacy wanted) {
        Cohort limited = cohort.limited();
        Cohort charged = wanted.mechanism() instanceof Mechanism.Correlated ? limited.strictly() : limited;
        PrivacyPlan plan = PrivacyPlan.of(wanted, charged,
                personalization.shared(Learners.of(model, data.schema()).layout()), rounds);
        return new RunSpec(name, purpose, data, model, strategy, compression, rounds, charged.withoutPartialWork(),
                evaluation, stop, personalization, Optional.of(plan), seed);
    }

    /** All have the same model. */
    public RunSpec(String name, String purpose, DataSpec data, ModelSpec model, Strategy strategy,
            Compression compression, int rounds, Cohort cohort, Evaluation evaluation, StopRule stop, Seed seed) {
        this(name, purpose, data, model, strategy, compression, rounds, cohort, evaluation, stop,
                Personalization.none(), seed);
    }

    /** The same in which clients come to models of their own in that way. */
    public RunSpec with(Personalization personal) {
        return new RunSpec(name, purpose, data, model, strategy, compression, rounds, cohort, evaluation, stop,
                personal, privacy, seed);
    }

    /** Updates are sent as they are, and the usual is measured after each nth round. */
    public RunSpec(String name, String purpose, DataSpec data, ModelSpec model, Strategy strategy, int rounds,
            Cohort cohort, int evaluateEvery, StopRule stop, Seed seed) {
        this(name, purpose, data, model, strategy, Compression.NONE, rounds, cohort,
                new Evaluation(evaluateEvery), stop, seed);
    }

    /**
     * How many updates a round needs; with fewer it is abandoned. As many as {@link Cohort#minimumReports}, but for a private
     * run in which that would protect nobody, or would change what is charged: then as few as can be combined, or none.
     */
    public int neededUpdates() {
        int usual = cohort.minimumReports();
        return privacy.map(plan -> plan.neededUpdates(usual, strategy.leastUpdates())).orElse(usual);
    }

    /** What it says of itself to those whose data it asks for. */
    public Terms terms() {
        return new Terms(purpose, lastRound(), !strategy.buffering().isPresent()
                && cohort.size().orElse(cohort.nodes()) >= cohort.nodes() && cohort.selector() instanceof Uniform,
                Math.max(1, neededUpdates()), // a sum of none tells of nobody
                privacy.map(PrivacyPlan::ownNoise).orElse(0.0), privacy.flatMap(PrivacyPlan::promise),
                privacy.flatMap(PrivacyPlan::rows));
    }

    /** The names of the rows of the coordinator's own that it asks for. */
    public SortedSet<String> ownRows() {
        return OwnRows.names(this);
    }

    /** How the coordinator's own rows of that name are to be read for it. */
    public DataSpec ownRows(String name) {
        return OwnRows.toRead(this, name);
    }

    /** Why nobody may report these sums of measuring a model; empty if they are sound, and no more than was asked for. */
    Optional<String> problem(Sums measured) {
        Optional<String> excess = evaluation.detail().excess(measured, data.schema().outputs());
        return excess.isPresent() ? excess : measured.problem();
    }

    /** Why the run is over after these rounds; empty if another is to come. */
    Optional<String> over(Checkpoint last) {
        if (last.state().round() >= rounds) {
            return Optional.of("all " + rounds + " rounds are done");
        }
        return last.state().round() >= lastRound()
                ? privacy.map(plan -> "the privacy budget of epsilon " + plan.privacy().epsilon().getAsDouble()
                        + " lasts for no more than " + plan.rounds() + " rounds")
                : stop.reason(last.history());
    }

    /** The round after which the run ends at the latest. */
    public int lastRound() {
        return privacy.map(PrivacyPlan::rounds).orElse(rounds);
    }

    /** The same whose budget lasts for so many rounds, as somebody else has worked out; of a private run alone. */
    RunSpec lasting(int number) {
        return new RunSpec(name, purpose, data, model, strategy, compression, rounds, cohort, evaluation, stop,
                personalization, privacy.map(plan -> plan.lasting(number)), seed);
    }

    /** Whether the model of that round is measured, if the run comes so far. */
    boolean isEvaluated(int round) {
        int every = evaluation.every();
        return every > 0 && (round % every == 0 || round == lastRound());
    }

    /**
     * Who measures the model of that round: each with the same probability, drawn from the seed.
     *
     * @param available those who could be asked
     * @param asked     how many were asked already
     */
    Names measuring(int round, Names available, int asked) {
        OptionalInt nodes = evaluation.nodes();
        return !nodes.isPresent() ? available
                : Names.copyOf(new Uniform().select(new Draw(seed.derive("evaluation").derive(round), 1, available,
                        OptionalInt.of(Math.max(0, nodes.getAsInt() - asked)), 1, Collections.emptySortedMap(),
                        List.of())));
    }

    /** The same with another strategy, such as one of your own; partial work counts only if it can be used. */
    public RunSpec with(Strategy other) {
        return new RunSpec(name, purpose, data, model, other, compression, rounds,
                other.usesPartialWork() ? cohort : cohort.withoutPartialWork(), evaluation, stop, personalization,
                privacy, seed);
    }

    /** Why clients of such a cohort cannot fill the buffer as they come. */
    private static Optional<String> buffered(Buffering buffer, Cohort cohort, Strategy strategy,
            Personalization personalization, Evaluation evaluation) {
        if (evaluation.crossSite()) {
            return Optional.of("clients train for each other's measuring as in a round");
        }
        if (buffer.size() < cohort.minimumReports()) {
            return Optional.of("the buffer holds " + buffer.size() + ", fewer than the " + cohort.minimumReports()
                    + " of minimumReports");
        }
        if (buffer.size() > cohort.nodes()) {
            return Optional.of("the buffer holds " + buffer.size() + ", more than the " + cohort.nodes()
                    + " nodes, of which each counts once");
        }
        if (cohort.overSelection() > 1) {
            return Optional.of("nobody waits for the slowest anyway, expected overSelection 1");
        }
        if (strategy.trusts().isPresent()) {
            return Optional.of("the coordinator trains on rows of its own once a round");
        }
        if (!(personalization instanceof Personalization.None
                || personalization instanceof Personalization.FineTuning)) {
            return Optional.of("what is a client's own goes with the rounds that count it");
        }
        return cohort.selector().choosesOneByOne()
                ? Optional.empty()
                : Optional.of("the cohort is chosen as a whole by " + cohort.selector().getClass().getSimpleName());
    }
}
