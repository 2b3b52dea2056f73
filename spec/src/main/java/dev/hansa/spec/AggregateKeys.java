package dev.hansa.spec;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.FairMean;
import dev.hansa.core.aggregate.NormalizedMean;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.robust.Bucketing;
import dev.hansa.core.aggregate.robust.Bulyan;
import dev.hansa.core.aggregate.robust.CentredClipping;
import dev.hansa.core.aggregate.robust.CoordinateMedian;
import dev.hansa.core.aggregate.robust.GeometricMedian;
import dev.hansa.core.aggregate.robust.Krum;
import dev.hansa.core.aggregate.robust.MeanAroundMedian;
import dev.hansa.core.aggregate.robust.MultiKrum;
import dev.hansa.core.aggregate.robust.NormBound;
import dev.hansa.core.aggregate.robust.RobustRule;
import dev.hansa.core.aggregate.robust.TrimmedMean;
import dev.hansa.core.model.Seed;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How the updates of a round become one. */
final class AggregateKeys {
    static final Key<OptionalDouble> LIPSCHITZ = Key.optional("lipschitz",
            Scalars.numberOr("auto", "a number greater than 0", number -> number > 0), "auto",
            "How sharply the loss curves; auto is one over the rate of training.");
    static final Key<Integer> F = Key.optional("f", Scalars.wholeNumber(0), "1",
            "How many updates may be anything: by broken nodes, or by such as mean harm.");
    static final Key<OptionalInt> KEEP = Key.optional("keep", Scalars.wholeNumberOr("auto", 1), "auto",
            "The mean of how many of the best updates is taken; auto is all but f + 2.");
    static final Key<Double> SMOOTHING = Key.optional("smoothing", ScheduleKeys.POSITIVE, "1.0E-6",
            "Below which distance updates count as equal to the median.");
    static final Key<Integer> ITERATIONS = Key.optional("iterations", Scalars.wholeNumber(1, 1000), "5",
            "How often the result is improved; each takes a look at all updates.");
    static final Key<Double> NORM = Key.optional("norm", ScheduleKeys.POSITIVE, "1.0",
            "How long an update may be, as the square root of the sum of the squares of its values; it is shortened to that.");
    static final Key<Double> DISTANCE = Key.optional("norm", ScheduleKeys.POSITIVE, "1.0",
            "How far an update may pull the result at once.");
    static final Key<Integer> BUCKET = Key.optional("bucket", Scalars.wholeNumber(1), "1",
            "The means of random groups of so many updates take the place of the updates, for nodes whose data differ; f"
                    + " then counts groups.");

    static final Alternatives RULES = new Alternatives(Form.typed("mean", StrategyKeys.WEIGHTING),
            Form.typed("normalizedMean", StrategyKeys.WEIGHTING),
            Form.typed("fairMean", StrategyKeys.Q, LIPSCHITZ),
            Form.typed("median", BUCKET),
            Form.typed("trimmedMean", F, BUCKET),
            Form.typed("meanAroundMedian", F, BUCKET),
            Form.typed("krum", F, BUCKET),
            Form.typed("multiKrum", F, KEEP, BUCKET),
            Form.typed("bulyan", F, BUCKET),
            Form.typed("geometricMedian", StrategyKeys.WEIGHTING, SMOOTHING, ITERATIONS, BUCKET),
            Form.typed("normBound", NORM, BUCKET),
            Form.typed("centredClipping", DISTANCE, ITERATIONS, BUCKET));

    private AggregateKeys() {}

    /**
     * The rule.
     *
     * @param seed of the run, for buckets
     */
    static Aggregator build(Alternatives.Choice choice, long seed) {
        Entries entries = choice.entries();
        return switch (choice.form()) {
            case "mean" -> new WeightedMean(StrategyKeys.weighting(entries));
            case "normalizedMean" -> new NormalizedMean(StrategyKeys.weighting(entries));
            case "fairMean" -> new FairMean(entries.get(StrategyKeys.Q), entries.get(LIPSCHITZ));
            default -> bucketed(robust(choice.form(), entries), entries.get(BUCKET), new Seed(seed));
        };
    }

    private static Aggregator bucketed(RobustRule rule, int size, Seed seed) {
        return size == 1 ? rule : new Bucketing(size, rule, seed.derive("buckets"));
    }

    private static RobustRule robust(String form, Entries entries) {
        return switch (form) {
            case "median" -> new CoordinateMedian();
            case "trimmedMean" -> new TrimmedMean(entries.get(F));
            case "meanAroundMedian" -> new MeanAroundMedian(entries.get(F));
            case "krum" -> new Krum(entries.get(F));
            case "multiKrum" -> new MultiKrum(entries.get(F), entries.get(KEEP));
            case "bulyan" -> new Bulyan(entries.get(F));
            case "geometricMedian" -> new GeometricMedian(StrategyKeys.weighting(entries), entries.get(SMOOTHING),
                    entries.get(ITERATIONS));
            case "normBound" -> new NormBound(entries.get(NORM));
            case "centredClipping" -> new CentredClipping(entries.get(DISTANCE), entries.get(ITERATIONS));
            default -> throw new AssertionError(form);
        };
    }
}
