package dev.hansa.core.coordinator;

import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Mlp;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Strategy;
import java.util.OptionalInt;
import java.util.SortedSet;

/** What a run may not do beside what it promises: all that leaves a node is either protected, or said not to be. */
final class PrivacyRules {
    private PrivacyRules() {}

    /** @throws IllegalArgumentException if it does something of the kind */
    static void check(PrivacyPlan plan, DataSpec data, ModelSpec model, Strategy strategy, Compression compression,
            Evaluation evaluation, Personalization personalization) {
        Privacy privacy = plan.privacy();
        if (!(strategy instanceof Combination combination)) {
            throw new IllegalArgumentException("the privacy of the strategy " + strategy.getClass().getSimpleName()
                    + " is not known, expected a combination");
        }
        if (privacy.mechanism() instanceof Mechanism.Examples rows) {
            checkRows(rows, model, combination, personalization);
        } else {
            check(combination);
        }
        require(!combination.training().measureStart(),
                "the strategy weighs updates by the loss of each node, which is not protected; expected a mean");
        require(!combination.buffering().isPresent(),
                "without rounds nothing bounds how often a node counts; expected a strategy of rounds");
        require(!compression.isSparse() || privacy.mechanism().hidesRows(),
                "compression.topK keeps parts of updates for later rounds, where no clip bounds"
                        + " them; expected topK: 1 with privacy");
        require(!(privacy.mechanism() instanceof Mechanism.Distributed) || compression.values() == Values.FLOAT32,
                "compression.values would change the whole numbers that are sent; expected float32, and"
                        + " compression.zstd, which makes few bytes of few bits, with privacy: {type: distributed}");
        require(!(personalization instanceof Personalization.Clusters),
                "personalization: ifca tells which model fits a node's rows, which no noise protects; expected another");
        require(!evaluation.crossSite(),
                "evaluation.crossSite shows each node's own model; expected false with privacy");
        boolean measured = evaluation.every() > 0 && evaluation.asksNodes()
                || !personalization.isNone() && !(data.holdOut() instanceof HoldOut.None);
        require(!measured || privacy.exempt().contains(Exempt.EVALUATION), "nodes tell how good the model is on their"
                + " held-out rows, which no noise protects; expected evaluation on rows of the coordinator's own alone"
                + " (data.holdOut: none, evaluation.central), evaluation.every: 0 and no personalization, or privacy.exempt: [evaluation]");
        checkStatistics(plan, data);
    }

    private static void checkStatistics(PrivacyPlan plan, DataSpec data) {
        SortedSet<String> numbers = TableStatistics.numberColumns(data.schema());
        require(!data.standardise() || plan.statistics().isPresent()
                || plan.privacy().exempt().contains(Exempt.STATISTICS),
                "data.standardise makes nodes tell sums over their columns, which no noise protects; expected"
                        + " privacy.statistics, which hides them at a cost, data.standardise: false, or"
                        + " privacy.exempt: [statistics]");
        plan.statistics().ifPresent(asked -> {
            require(data.standardise(), "privacy.statistics is for data.standardise, which is false; expected none");
            require(asked.bounds().keySet().equals(numbers), "privacy.statistics.bounds is of "
                    + asked.bounds().keySet() + ", expected of all columns of numbers, and no other: " + numbers);
        });
    }

    private static void check(Combination combination) {
        require(combination.training().drift() == Drift.UNCORRECTED, "what " + combination.training().drift()
                + " tells beside updates is not protected; expected a strategy without drift correction");
        require(combination.aggregator() instanceof WeightedMean, "nothing is proven of the privacy of "
                + combination.aggregator().getClass().getSimpleName()
                + ", which is not a sum of clipped updates; expected a mean");
    }

    /** All that is worked out of gradients that hide rows may be told: any rule, any drift correction. */
    private static void checkRows(Mechanism.Examples rows, ModelSpec model, Combination combination,
            Personalization personalization) {
        OptionalInt steps = combination.training().steps();
        require(steps.equals(OptionalInt.of(rows.steps())), "what hiding rows costs is counted for " + rows.steps()
                + " steps a round, and training.steps is " + (steps.isPresent() ? steps.getAsInt() : "epochs")
                + "; expected the same");
        require(!(model instanceof Mlp mlp && mlp.normalization() == Normalization.BATCH),
                "batch normalisation mixes the rows of a batch, so that none of them can be hidden by its own gradient;"
                        + " expected model.normalization: none");
        require(!(personalization instanceof LocalLayers layers && layers.headEpochs().isPresent()),
                "layers of their own that nodes train first tell of rows by what the others learn on them; expected no"
                        + " headEpochs");
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
