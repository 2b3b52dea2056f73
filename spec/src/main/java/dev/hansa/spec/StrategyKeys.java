package dev.hansa.spec;

import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.ServerAdaptive;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import dev.hansa.core.strategy.ServerOptimizer;
import dev.hansa.core.strategy.ServerSgd;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.spec.ScheduleKeys.Rate;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Type;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** {@code strategy}: a name for a combination, or the combination itself. */
final class StrategyKeys {
    static final String COMBINED = "combined";
    static final Type<Double> FRACTION =
            Scalars.number("a number from 0 to below 1", number -> number >= 0 && number < 1);

    private static final String MOVES = "How far the model moves along the mean of the updates; 1 is plain averaging.";
    static final Key<Rate> SERVER_RATE = Key.optional("serverRate", ScheduleKeys.rate(false), "1.0", MOVES);
    static final Key<Rate> ADAPTIVE_RATE = Key.optional("serverRate", ScheduleKeys.rate(false), "0.01",
            "How far each parameter moves in a round, about.");
    static final Key<Rate> ADAGRAD_RATE = Key.optional("serverRate", ScheduleKeys.rate(false), "0.1",
            "How far each parameter moves in the first round, about.");
    static final Key<Double> SERVER_MOMENTUM = Key.optional("serverMomentum", FRACTION, "0.9",
            "How much of the last round's movement goes into the next.");
    static final Key<String> WEIGHTING = Key.optional("weighting", Scalars.words("examples", "uniform"), "examples",
            "What an update weighs in the mean: the number of its node's rows, or all the same.");
    static final Key<String> ALIKE = Key.optional("weighting", Scalars.words("examples", "uniform"), "uniform",
            "What an update weighs in the mean: the number of its node's rows, or all the same, as the paper has it.");
    static final Key<Double> MU = Key.optional("mu", ScheduleKeys.POSITIVE, "0.1",
            "How strongly nodes are drawn to the model they were sent.");
    static final Key<Double> ALPHA = Key.optional("alpha", ScheduleKeys.POSITIVE, "0.1",
            "The strength of the regulariser, by which nodes are drawn to the model they were sent.");
    static final Key<Double> Q = Key.optional("q", Scalars.number("a number of 0 or more", number -> number >= 0), "1",
            "How much more those count for whom the model is bad; 0 is averaging.");
    static final Key<Double> BETA1 =
            Key.optional("beta1", FRACTION, "0.9", "How slowly the mean of the updates follows.");
    static final Key<Double> ADAGRAD_BETA1 =
            Key.optional("beta1", FRACTION, "0", "How slowly the mean of the updates follows; 0 at once.");
    static final Key<Double> BETA2 =
            Key.optional("beta2", FRACTION, "0.99", "How slowly the mean of the squared updates follows.");
    static final Key<Double> TAU = Key.optional("tau", ScheduleKeys.POSITIVE, "0.001",
            "The smaller, the more each parameter has a step size of its own.");

    static final Key<Rate> MIXING = Key.optional("alpha", ScheduleKeys.rate(false), "0.6",
            "How much of the model becomes that of a node, if it is fresh.");

    /** Each in one place: its keys, and what it is short for. */
    private static final List<Named> NAMES = List.of(
            new Named(Form.typed("fedavg", SERVER_RATE, WEIGHTING), StrategyKeys::averaging),
            new Named(Form.typed("fedsgd", SERVER_RATE, WEIGHTING),
                    run -> averaging(run.with(run.local.withOneFullBatch()))),
            new Named(Form.typed("fedavgm", SERVER_RATE, SERVER_MOMENTUM, WEIGHTING), StrategyKeys::averaging),
            new Named(Form.typed("fedprox", MU, SERVER_RATE, WEIGHTING),
                    run -> averaging(run.with(run.local.withProximalMu(run.keys.get(MU))))),
            adaptive(Rule.ADAGRAD, ADAGRAD_RATE, ADAGRAD_BETA1, TAU, WEIGHTING),
            adaptive(Rule.ADAM, ADAPTIVE_RATE, BETA1, BETA2, TAU, WEIGHTING),
            adaptive(Rule.YOGI, ADAPTIVE_RATE, BETA1, BETA2, TAU, WEIGHTING),
            new Named(Form.typed("scaffold", SERVER_RATE, ALIKE),
                    run -> averaging(run.with(run.local.withDrift(Drift.SCAFFOLD)))),
            new Named(Form.typed("fednova", SERVER_RATE, WEIGHTING),
                    run -> Strategies.fedNova(run.local, weighting(run.keys)).moving(sgd(run))),
            new Named(Form.typed("feddyn", ALPHA, ALIKE),
                    run -> Strategies.fedDyn(run.local, run.keys.get(ALPHA), run.population)
                            .aggregating(new WeightedMean(weighting(run.keys)))),
            new Named(Form.typed("qfedavg", Q, SERVER_RATE),
                    run -> Strategies.qFedAvg(run.local, run.keys.get(Q)).moving(sgd(run))),
            new Named(
                    Form.typed("fedbuff", BufferKeys.SIZE, SERVER_RATE, BufferKeys.STALENESS, BufferKeys.MOST_STALE,
                            ALIKE),
                    run -> averaging(run).buffering(BufferKeys.ofChanges(run.keys))),
            new Named(Form.typed("fedasync", MIXING, BufferKeys.STALENESS, BufferKeys.MOST_STALE),
                    run -> new Combination(run.local, new WeightedMean(Weighting.UNIFORM),
                            new ServerSgd(run.keys.get(MIXING).over(run.rounds), 0))
                            .buffering(BufferKeys.ofModels(run.keys))),
            new Named(Form.typed(COMBINED, AxisKeys.AGGREGATE, AxisKeys.SERVER, AxisKeys.DRIFT, BufferKeys.BUFFER),
                    run -> AxisKeys.build(run.keys, run.local, run.rounds, run.seed)));

    static final Alternatives STRATEGY = new Alternatives(NAMES.stream().map(Named::form).toArray(Form[]::new));

    private StrategyKeys() {}

    /** A name, and what it is short for. */
    private record Named(Form form, Function<InRun, Combination> meant) {}

    /**
     * What a name's meaning may depend on.
     *
     * @param keys       of the name's form
     * @param local      what nodes do, with the first rate
     * @param rounds     of the run
     * @param population the nodes that the run waits for
     * @param seed       of the run
     */
    private record InRun(Entries keys, LocalTraining local, int rounds, int population, long seed) {
        InRun with(LocalTraining other) {
            return new InRun(keys, other, rounds, population, seed);
        }
    }

    /**
     * The combination.
     *
     * @param rounds     of the run
     * @param population the nodes that the run waits for
     * @param seed       of the run
     */
    static Combination build(Alternatives.Choice strategy, Entries training, int rounds, int population, long seed) {
        InRun run = new InRun(strategy.entries(), TrainingKeys.build(training), rounds, population, seed);
        return NAMES.stream().filter(name -> name.form.name().equals(strategy.form())).findFirst()
                .orElseThrow(() -> new AssertionError(strategy.form())).meant.apply(run)
                .at(training.get(TrainingKeys.RATE).over(rounds)).among(population);
    }

    private static Combination averaging(InRun run) {
        return new Combination(run.local, new WeightedMean(weighting(run.keys)), sgd(run));
    }

    private static ServerOptimizer sgd(InRun run) {
        return new ServerSgd(run.keys.get(SERVER_RATE).over(run.rounds), run.keys.find(SERVER_MOMENTUM).orElse(0.0));
    }

    private static Named adaptive(Rule rule, Key<?>... keys) {
        return new Named(Form.typed("fed" + rule.name().toLowerCase(Locale.ROOT), keys), run -> {
            double tau = run.keys.get(TAU);
            return new Combination(run.local, new WeightedMean(weighting(run.keys)),
                    new ServerAdaptive(rule, run.keys.get(ADAPTIVE_RATE).over(run.rounds), run.keys.get(BETA1),
                            run.keys.find(BETA2).orElse(0.0), tau, tau * tau));
        });
    }

    static Weighting weighting(Entries entries) {
        return entries.get(WEIGHTING).equals("uniform") ? Weighting.UNIFORM : Weighting.EXAMPLES;
    }
}
