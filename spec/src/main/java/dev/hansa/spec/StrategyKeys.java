package dev.hansa.spec;

import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.ServerAdaptive;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import dev.hansa.core.strategy.ServerNesterov;
import dev.hansa.core.strategy.ServerOptimizer;
import dev.hansa.core.strategy.ServerSgd;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.spec.ScheduleKeys.Rate;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** {@code strategy}: a name for a combination, or the combination itself. */
final class StrategyKeys {
    static final String COMBINED = "combined";

    private static final String MOVES = "How far the model moves along the mean of the updates; 1 is plain averaging.";
    static final Key<Rate> SERVER_RATE = Key.optional("serverRate", ScheduleKeys.rate(false), "1.0", MOVES);
    static final Key<Rate> ADAPTIVE_RATE = Key.optional("serverRate", ScheduleKeys.rate(false), "0.01",
            "How far each parameter moves in a round, about.");
    static final Key<Rate> ADAGRAD_RATE = Key.optional("serverRate", ScheduleKeys.rate(false), "0.1",
            "How far each parameter moves in the first round, about.");
    static final Key<Double> SERVER_MOMENTUM = Key.optional("serverMomentum", ServerKeys.FRACTION, "0.9",
            "How much of the last round's movement goes into the next.");
    static final Key<String> ALIKE = Key.optional("weighting", Scalars.words("examples", "uniform"), "uniform",
            "What an update weighs in the mean: the number of its node's rows, or all the same, as the paper has it.");
    static final Key<Double> MU = Key.optional("mu", ScheduleKeys.POSITIVE, "0.1",
            "How strongly nodes are drawn to the model they were sent.");
    static final Key<Double> ALPHA = Key.optional("alpha", ScheduleKeys.POSITIVE, "0.1",
            "The strength of the regulariser, by which nodes are drawn to the model they were sent.");

    static final Key<Rate> MIXING = Key.optional("alpha", ScheduleKeys.rate(false), "0.6",
            "How much of the model becomes that of a node, if it is fresh.");

    /** Each in one place: its keys, and what it is short for. */
    private static final List<Named> NAMES = List.of(
            new Named(Form.typed("fedavg", SERVER_RATE, AggregateKeys.WEIGHTING), StrategyKeys::averaging),
            new Named(Form.typed("fedsgd", SERVER_RATE, AggregateKeys.WEIGHTING),
                    run -> averaging(run.with(run.local.withOneFullBatch()))),
            new Named(Form.typed("fedavgm", SERVER_RATE, SERVER_MOMENTUM, AggregateKeys.WEIGHTING),
                    StrategyKeys::averaging),
            new Named(Form.typed("fedmom", SERVER_RATE, SERVER_MOMENTUM, AggregateKeys.WEIGHTING),
                    run -> averaging(run).moving(new ServerNesterov(run.keys.get(SERVER_RATE).over(run.rounds),
                            run.keys.get(SERVER_MOMENTUM)))),
            new Named(Form.typed("fedprox", MU, SERVER_RATE, AggregateKeys.WEIGHTING),
                    run -> averaging(run.with(run.local.withProximalMu(run.keys.get(MU))))),
            adaptive(Rule.ADAGRAD, ADAGRAD_RATE, ServerKeys.ADAGRAD_BETA1, ServerKeys.TAU, AggregateKeys.WEIGHTING),
            adaptive(Rule.ADAM, ADAPTIVE_RATE, ServerKeys.BETA1, ServerKeys.BETA2, ServerKeys.TAU,
                    AggregateKeys.WEIGHTING),
            adaptive(Rule.YOGI, ADAPTIVE_RATE, ServerKeys.BETA1, ServerKeys.BETA2, ServerKeys.TAU,
                    AggregateKeys.WEIGHTING),
            new Named(Form.typed("scaffold", SERVER_RATE, ALIKE),
                    run -> averaging(run.with(run.local.withDrift(Drift.SCAFFOLD)))),
            new Named(Form.typed("fednova", SERVER_RATE, AggregateKeys.WEIGHTING),
                    run -> Strategies.fedNova(run.local, AggregateKeys.weighting(run.keys)).moving(sgd(run))),
            new Named(Form.typed("feddyn", ALPHA, ALIKE),
                    run -> Strategies.fedDyn(run.local, run.keys.get(ALPHA), run.population)
                            .aggregating(new WeightedMean(AggregateKeys.weighting(run.keys)))),
            new Named(Form.typed("qfedavg", AggregateKeys.Q, SERVER_RATE),
                    run -> Strategies.qFedAvg(run.local, run.keys.get(AggregateKeys.Q)).moving(sgd(run))),
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
        return new Combination(run.local, new WeightedMean(AggregateKeys.weighting(run.keys)), sgd(run));
    }

    private static ServerOptimizer sgd(InRun run) {
        return new ServerSgd(run.keys.get(SERVER_RATE).over(run.rounds), run.keys.find(SERVER_MOMENTUM).orElse(0.0));
    }

    private static Named adaptive(Rule rule, Key<?>... keys) {
        return new Named(Form.typed("fed" + rule.name().toLowerCase(Locale.ROOT), keys), run -> {
            double tau = run.keys.get(ServerKeys.TAU);
            return new Combination(run.local, new WeightedMean(AggregateKeys.weighting(run.keys)),
                    new ServerAdaptive(rule, run.keys.get(ADAPTIVE_RATE).over(run.rounds),
                            run.keys.get(ServerKeys.BETA1),
                            run.keys.find(ServerKeys.BETA2).orElse(0.0), tau, tau * tau));
        });
    }

}
