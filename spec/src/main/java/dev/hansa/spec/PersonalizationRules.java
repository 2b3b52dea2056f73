package dev.hansa.spec;

import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.Schema;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.ServerSgd;
import dev.hansa.spec.document.Alternatives.Choice;
import dev.hansa.spec.document.Entries;
import java.util.List;
import java.util.Optional;

/** What models of their own cannot do with the model, or the strategy, that a run file asks for. */
final class PersonalizationRules {
    private final Entries run;
    private final Choice choice;

    private PersonalizationRules(Entries run, Choice choice) {
        this.run = run;
        this.choice = choice;
    }

    /** Adds the problems of the document to it, as far as it could be read. */
    static void check(Entries run) {
        run.find(RunKeys.PERSONALIZATION).filter(choice -> choice.entries().isWhole())
                .ifPresent(choice -> new PersonalizationRules(run, choice).check());
    }

    private void check() {
        Personalization personalization = PersonalizationKeys.build(choice, new Seed(0));
        if (!personalization.inEvaluations().isNone()) {
            ownRows();
        }
        if (personalization instanceof LocalLayers layers) {
            layout().flatMap(layers::objection).ifPresent(objection -> problem(
                    choice.form().equals(PersonalizationKeys.FEDBN)
                            ? "fedbn keeps the layers of a normalisation, which the model does not have; expected"
                                    + " model: {type: mlp, hidden: …, normalize: batch}, or fedper with some of the layers"
                            : objection));
            drift().ifPresent(drift -> problem("the mean of what nodes report says nothing of the layers that each node"
                    + " keeps, and " + drift + " needs it; expected strategy: fedavg, or fedprox"));
        } else if (personalization instanceof Ditto ditto) {
            pull(ditto.lambda());
        } else if (personalization instanceof Clusters) {
            clusters();
        }
    }

    /** What the coordinator has is no model that it could use by itself. */
    private void ownRows() {
        run.find(StopKeys.EVALUATION).flatMap(evaluation -> evaluation.find(StopKeys.CENTRAL))
                .filter(rows -> !rows.equals(StopKeys.NONE))
                .ifPresent(rows -> problem("the coordinator has no whole model, or"
                        + " several, so it cannot measure one on rows of its own; expected no evaluation.central"));
        run.find(RunKeys.STRATEGY).flatMap(strategy -> strategy.entries().find(AxisKeys.AGGREGATE))
                .filter(rule -> rule.form().equals("fltrust")).ifPresent(rule -> problem("the coordinator has no whole"
                        + " model, or several, so it cannot train one on rows of its own as fltrust does; expected another"
                        + " aggregate"));
    }

    /** Each cluster is averaged by itself, and what nobody has chosen must stay. */
    private void clusters() {
        drift().ifPresent(drift -> problem("a node may choose another model in each round, and " + drift
                + " remembers how it differs from one; expected strategy: fedavg, or fedprox"));
        run.find(RunKeys.STRATEGY).filter(strategy -> strategy.entries().isWhole()).map(this::averages)
                .filter(plain -> !plain)
                .ifPresent(other -> problem("each of the models is the mean of the updates of those"
                        + " who chose it, and one that nobody chose must stay as it is; expected strategy: fedavg, fedsgd"
                        + " or fedprox, or combined with aggregate: mean and server: {type: sgd, momentum: 0}"));
        run.find(RunKeys.COMPRESSION).flatMap(all -> all.entries().find(CompressionKeys.TOP_K)).filter(topK -> topK < 1)
                .ifPresent(
                        topK -> run.at(RunKeys.COMPRESSION).problem("what a node holds back of one model would be sent"
                                + " for another; expected topK: 1"));
    }

    private boolean averages(Choice strategy) {
        Optional<Entries> training = run.find(RunKeys.TRAINING).filter(Entries::isWhole);
        if (drift().isPresent() || !training.isPresent()) {
            return true; // told elsewhere
        }
        Combination combination =
                StrategyKeys.build(strategy, training.get(), run.find(RunKeys.ROUNDS).orElse(1), 1, 0);
        return combination.aggregator() instanceof WeightedMean
                && combination.optimizer() instanceof ServerSgd sgd && sgd.momentum() == 0;
    }

    /** A step must not go further than to the model that it is drawn to. */
    private void pull(double lambda) {
        run.find(RunKeys.TRAINING).filter(Entries::isWhole).map(training -> training.get(TrainingKeys.RATE).from())
                .filter(rate -> rate * lambda > 1).ifPresent(rate -> choice.entries().at(PersonalizationKeys.LAMBDA)
                        .problem("training.rate times lambda is " + rate * lambda + ", and a step would go beyond the"
                                + " shared model; expected a lambda of at most " + 1 / rate));
    }

    private void problem(String text) {
        run.at(RunKeys.PERSONALIZATION).problem(text);
    }

    private Optional<String> drift() {
        return run.find(RunKeys.STRATEGY).filter(strategy -> strategy.entries().isWhole())
                .map(strategy -> strategy.entries().find(AxisKeys.DRIFT).orElse(strategy.form()))
                .filter(List.of("scaffold", AxisKeys.FEDDYN)::contains);
    }

    /** Of the model, if model and data fit each other. */
    private Optional<Layout> layout() {
        Optional<ModelSpec> model = ModelKeys.find(run);
        Optional<Entries> data = run.find(RunKeys.DATA);
        List<Column> features = data.flatMap(all -> all.find(DataKeys.FEATURES)).orElse(List.of());
        Optional<Column> label =
                data.flatMap(all -> all.find(DataKeys.LABEL)).flatMap(all -> all.stream().findAny());
        if (!model.isPresent() || features.isEmpty() || !label.isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Learners.of(model.get(), new Schema(features, label.get())).layout());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // told by another rule
        }
    }
}
