package dev.hansa.spec;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.FairMean;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Schedule;
import dev.hansa.core.strategy.ServerAdaptive;
import dev.hansa.core.strategy.ServerOptimizer;
import dev.hansa.core.strategy.ServerSgd;
import dev.hansa.spec.ScheduleKeys.Rate;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import java.util.Locale;

/** The axes of a strategy, each by itself. */
final class AxisKeys {
    static final String FEDDYN = "feddyn";

    static final Key<Alternatives.Choice> AGGREGATE = Key.optional("aggregate", AggregateKeys.RULES, "mean",
            "How the updates of a round become one. By their mean; by their mean after each is divided by how far its node"
                    + " went, as in FedNova; by a mean that favours whom the model serves badly, as in q-FedAvg; or by a rule"
                    + " that withstands some updates that are anything. docs/strategies.md tells what each withstands.");

    static final Key<Rate> RATE = Key.optional("rate", ScheduleKeys.rate(false), "1.0", "How far the model moves.");
    static final Key<Double> MOMENTUM = Key.optional("momentum", StrategyKeys.FRACTION, "0",
            "How much of the last round's movement goes into the next.");
    static final Key<Double> ACCUMULATOR = Key.optional("accumulator",
            Scalars.number("a number of 0 or more", number -> number >= 0), "1.0E-6",
            "What the mean of the squared updates is before the first round.");
    static final Key<Rate> ADAPTIVE_RATE = Key.optional("rate", ScheduleKeys.rate(false), "0.01",
            "How far each parameter moves in a round, about.");
    static final Key<Alternatives.Choice> SERVER = Key.optional("server",
            new Alternatives(Form.typed("sgd", RATE, MOMENTUM),
                    Form.typed("adagrad", ADAPTIVE_RATE, StrategyKeys.ADAGRAD_BETA1, StrategyKeys.TAU, ACCUMULATOR),
                    Form.typed("adam", ADAPTIVE_RATE, StrategyKeys.BETA1, StrategyKeys.BETA2, StrategyKeys.TAU,
                            ACCUMULATOR),
                    Form.typed("yogi", ADAPTIVE_RATE, StrategyKeys.BETA1, StrategyKeys.BETA2, StrategyKeys.TAU,
                            ACCUMULATOR)),
            "sgd", "How that one moves the model.");

    static final Key<String> DRIFT = Key.optional("drift", Scalars.words("none", "scaffold", FEDDYN), "none",
            "How nodes with different data are kept from drifting apart; feddyn takes training.proximalMu for its strength.");

    private AxisKeys() {}

    static Combination build(Entries axes, LocalTraining training, int rounds, long seed) {
        Drift drift = drift(axes.get(DRIFT));
        Aggregator aggregator = AggregateKeys.build(axes.get(AGGREGATE), seed);
        LocalTraining local = aggregator instanceof FairMean ? training.withMeasuredStart() : training;
        Combination inRounds = new Combination(drift == Drift.UNCORRECTED ? local : local.withDrift(drift), aggregator,
                server(axes.get(SERVER), rounds));
        Alternatives.Choice buffer = axes.get(BufferKeys.BUFFER);
        return BufferKeys.isBuffered(buffer) ? inRounds.buffering(BufferKeys.build(buffer.entries())) : inRounds;
    }

    private static Drift drift(String word) {
        return word.equals("none") ? Drift.UNCORRECTED : Drift.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static ServerOptimizer server(Alternatives.Choice choice, int rounds) {
        Entries entries = choice.entries();
        Schedule rate = entries.get(RATE).over(rounds);
        return choice.form().equals("sgd")
                ? new ServerSgd(rate, entries.get(MOMENTUM))
                : new ServerAdaptive(rule(choice.form()), rate, entries.get(StrategyKeys.BETA1),
                        entries.find(StrategyKeys.BETA2).orElse(0.0), entries.get(StrategyKeys.TAU),
                        entries.get(ACCUMULATOR));
    }

    static ServerAdaptive.Rule rule(String name) {
        return ServerAdaptive.Rule.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
