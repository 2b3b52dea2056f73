package dev.hansa.spec;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.FairMean;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.strategy.Combination;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
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

    static final Key<Alternatives.Choice> SERVER = Key.optional("server", ServerKeys.SERVERS,
            "sgd", "How that one moves the model.");

    static final Key<String> DRIFT = Key.optional("drift", Scalars.words("none", "scaffold", FEDDYN), "none",
            "How nodes with different data are kept from drifting apart; feddyn takes training.proximalMu for its strength.");

    private AxisKeys() {}

    static Combination build(Entries axes, LocalTraining training, int rounds, long seed) {
        Drift drift = drift(axes.get(DRIFT));
        Aggregator aggregator = AggregateKeys.build(axes.get(AGGREGATE), seed);
        LocalTraining local = aggregator instanceof FairMean ? training.withMeasuredStart() : training;
        Combination inRounds = new Combination(drift == Drift.UNCORRECTED ? local : local.withDrift(drift), aggregator,
                ServerKeys.build(axes.get(SERVER), rounds));
        Alternatives.Choice buffer = axes.get(BufferKeys.BUFFER);
        return BufferKeys.isBuffered(buffer) ? inRounds.buffering(BufferKeys.build(buffer.entries())) : inRounds;
    }

    private static Drift drift(String word) {
        return word.equals("none") ? Drift.UNCORRECTED : Drift.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
