package dev.hansa.spec;

import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.ServerAdaptive;
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

    static final Alternatives STRATEGY = new Alternatives(
            Form.typed("fedavg", SERVER_RATE, WEIGHTING),
            Form.typed("fedsgd", SERVER_RATE, WEIGHTING),
            Form.typed("fedavgm", SERVER_RATE, SERVER_MOMENTUM, WEIGHTING),
            Form.typed("fedprox", MU, SERVER_RATE, WEIGHTING),
            Form.typed("fedadagrad", ADAGRAD_RATE, ADAGRAD_BETA1, TAU, WEIGHTING),
            Form.typed("fedadam", ADAPTIVE_RATE, BETA1, BETA2, TAU, WEIGHTING),
            Form.typed("fedyogi", ADAPTIVE_RATE, BETA1, BETA2, TAU, WEIGHTING),
            Form.typed("scaffold", SERVER_RATE, ALIKE),
            Form.typed("fednova", SERVER_RATE, WEIGHTING),
            Form.typed("feddyn", ALPHA, ALIKE),
            Form.typed("qfedavg", Q, SERVER_RATE),
            Form.typed("fedbuff", BufferKeys.SIZE, SERVER_RATE, BufferKeys.STALENESS, BufferKeys.MOST_STALE, ALIKE),
            Form.typed("fedasync", MIXING, BufferKeys.STALENESS, BufferKeys.MOST_STALE),
            Form.typed(COMBINED, AxisKeys.AGGREGATE, AxisKeys.SERVER, AxisKeys.DRIFT, BufferKeys.BUFFER));

    private StrategyKeys() {}

    /**
     * The combination.
     *
     * @param rounds     of the run
     * @param population the nodes that the run waits for
     * @param seed       of the run
     */
    static Combination build(Alternatives.Choice strategy, Entries training, int rounds, int population, long seed) {
        Entries entries = strategy.entries();
        LocalTraining local = TrainingKeys.build(training);
        Combination combination = switch (strategy.form()) {
            case "fedavg", "fedavgm" -> averaging(entries, local, rounds);
            case "fedsgd" -> averaging(entries, local.withOneFullBatch(), rounds);
            case "fedprox" -> averaging(entries, local.withProximalMu(entries.get(MU)), rounds);
            case "fedadagrad", "fedadam", "fedyogi" -> new Combination(local, new WeightedMean(weighting(entries)),
                    adaptive(strategy.form(), entries, rounds));
            case "scaffold" -> averaging(entries, local.withDrift(Drift.SCAFFOLD), rounds);
            case "feddyn" -> Strategies.fedDyn(local, entries.get(ALPHA), population)
                    .aggregating(new WeightedMean(weighting(entries)));
            case "fednova" -> Strategies.fedNova(local, weighting(entries)).moving(sgd(entries, rounds));
            case "qfedavg" -> Strategies.qFedAvg(local, entries.get(Q)).moving(sgd(entries, rounds));
            case "fedbuff" -> averaging(entries, local, rounds).buffering(BufferKeys.ofChanges(entries));
            case "fedasync" -> new Combination(local, new WeightedMean(Weighting.UNIFORM),
                    new ServerSgd(entries.get(MIXING).over(rounds), 0)).buffering(BufferKeys.ofModels(entries));
            default -> AxisKeys.build(entries, local, rounds, seed);
        };
        return combination.at(training.get(TrainingKeys.RATE).over(rounds)).among(population);
    }

    private static Combination averaging(Entries entries, LocalTraining training, int rounds) {
        return new Combination(training, new WeightedMean(weighting(entries)), sgd(entries, rounds));
    }

    private static ServerOptimizer sgd(Entries entries, int rounds) {
        return new ServerSgd(entries.get(SERVER_RATE).over(rounds),
                entries.find(SERVER_MOMENTUM).orElse(0.0));
    }

    private static ServerOptimizer adaptive(String form, Entries entries, int rounds) {
        double tau = entries.get(TAU);
        ServerAdaptive.Rule rule = AxisKeys.rule(form.substring("fed".length()));
        return new ServerAdaptive(rule, entries.get(ADAPTIVE_RATE).over(rounds), entries.get(BETA1),
                entries.find(BETA2).orElse(0.0), tau, tau * tau);
    }

    static Weighting weighting(Entries entries) {
        return entries.get(WEIGHTING).equals("uniform") ? Weighting.UNIFORM : Weighting.EXAMPLES;
    }
}
