package dev.hansa.spec;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.FedAvg;
import dev.hansa.core.strategy.Strategy;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Section;
import dev.hansa.spec.document.Type;
import dev.hansa.wire.Limits;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code training} and {@code strategy}: what nodes do in a round, and what is made of their updates. */
final class TrainingKeys {
    private static final Type<Double> POSITIVE = Scalars.number("a number greater than 0", number -> number > 0);

    static final Key<Integer> EPOCHS = Key.optional("epochs", Scalars.wholeNumber(1, Limits.EPOCHS), "1",
            "How often a node passes over its rows in a round.");
    static final Key<OptionalInt> BATCH_SIZE = Key.optional("batchSize",
            Scalars.wholeNumberOr("all", Limits.LEAST_ROWS, Limits.BATCH_ROWS), "32",
            "Rows a step of gradient descent. Nodes refuse steps of fewer than " + Limits.LEAST_ROWS
                    + ", which would give rows away; only what is left over at the end of an epoch may be fewer.");
    static final Key<Double> RATE = Key.optional("rate", POSITIVE, "0.1", "The step size.");
    static final Key<Double> MOMENTUM = Key.optional("momentum",
            Scalars.number("a number from 0 to below 1", number -> number >= 0 && number < 1), "0",
            "How much of the last step goes into the next, within a round.");
    static final Key<Double> WEIGHT_DECAY = Key.optional("weightDecay",
            Scalars.number("a number of 0 or more", number -> number >= 0), "0",
            "The strength of L2 regularisation. Nodes refuse a weightDecay that times rate is more than "
                    + Limits.FORGETTING + ": such steps forget all but the last rows.");
    static final Key<Boolean> SHUFFLE = Key.optional("shuffle", Scalars.bool(), "true",
            "Whether each epoch visits the rows in a new order, drawn from the seed.");
    static final Section TRAINING = new Section(EPOCHS, BATCH_SIZE, RATE, MOMENTUM, WEIGHT_DECAY, SHUFFLE);

    static final Key<Double> SERVER_RATE = Key.optional("serverRate", POSITIVE, "1.0",
            "How far the model moves along the mean of the updates; 1 is plain averaging.");
    static final Key<String> WEIGHTING = Key.optional("weighting", Scalars.words("examples", "uniform"), "examples",
            "What an update weighs in the mean: the number of its node's rows, or all the same.");
    static final Alternatives STRATEGY = new Alternatives(Form.typed("fedavg", SERVER_RATE, WEIGHTING));

    private TrainingKeys() {}

    /** The run's strategy; empty if its parts had problems. */
    static Optional<Strategy> find(Entries run) {
        return run.find(RunKeys.STRATEGY).flatMap(strategy -> run.find(RunKeys.TRAINING)
                .filter(training -> training.isWhole() && strategy.entries().isWhole())
                .map(training -> build(strategy, training)));
    }

    static Strategy build(Alternatives.Choice strategy, Entries training) {
        Entries entries = strategy.entries();
        Weighting weighting = entries.get(WEIGHTING).equals("uniform") ? Weighting.UNIFORM : Weighting.EXAMPLES;
        return new FedAvg(local(training), weighting, entries.get(SERVER_RATE));
    }

    private static LocalTraining local(Entries training) {
        return new LocalTraining(training.get(EPOCHS), training.get(BATCH_SIZE).orElse(LocalTraining.FULL_BATCH),
                training.get(RATE), training.get(MOMENTUM), training.get(WEIGHT_DECAY), training.get(SHUFFLE));
    }
}
