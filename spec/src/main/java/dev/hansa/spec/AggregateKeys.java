package dev.hansa.spec;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.FairMean;
import dev.hansa.core.aggregate.NormalizedMean;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
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
import dev.hansa.core.aggregate.robust.TrustedRows;
import dev.hansa.core.model.Seed;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How the updates of a round become one. */
final class AggregateKeys {
    static final Key<String> WEIGHTING = Key.optional("weighting", Scalars.words("examples", "uniform"), "examples",
            "What an update weighs in the mean: the number of its node's rows, or all the same.");
    static final Key<Double> Q = Key.optional("q", Scalars.number("a number of 0 or more", number -> number >= 0), "1",
            "How much more those count for whom the model is bad; 0 is averaging.");
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

    static final Key<String> ROOT = Key.required("rows", DataKeys.SET_NAME, "clean",
            "The name of clean rows of the coordinator's own, a hundred or so (hansa serve --rows NAME=FILE, hansa simulate"
                    + " --rows NAME=FILE). The coordinator trains on them in each round, and trusts updates as far as they"
                    + " point the same way.");

    private static final List<RuleForm<?>> FORMS = List.of(
            RuleForm.of("mean", WeightedMean.class, keys -> new WeightedMean(weighting(keys)),
                    rule -> weighting(rule.weighting()), WEIGHTING),
            RuleForm.of("normalizedMean", NormalizedMean.class,
                    keys -> new NormalizedMean(weighting(keys)), rule -> weighting(rule.weighting()),
                    WEIGHTING),
            RuleForm.of("fairMean", FairMean.class,
                    keys -> new FairMean(keys.get(Q), keys.get(LIPSCHITZ)),
                    rule -> "q: " + rule.q() + ", lipschitz: " + (rule.lipschitz().isPresent()
                            ? rule.lipschitz().getAsDouble()
                            : "auto"),
                    Q, LIPSCHITZ),
            RuleForm.robust("median", CoordinateMedian.class, keys -> new CoordinateMedian(), rule -> ""),
            RuleForm.robust("trimmedMean", TrimmedMean.class, keys -> new TrimmedMean(keys.get(F)),
                    rule -> "f: " + rule.f(), F),
            RuleForm.robust("meanAroundMedian", MeanAroundMedian.class, keys -> new MeanAroundMedian(keys.get(F)),
                    rule -> "f: " + rule.f(), F),
            RuleForm.robust("krum", Krum.class, keys -> new Krum(keys.get(F)), rule -> "f: " + rule.f(), F),
            RuleForm.robust("multiKrum", MultiKrum.class, keys -> new MultiKrum(keys.get(F), keys.get(KEEP)),
                    rule -> "f: " + rule.f() + ", keep: " + (rule.m().isPresent() ? rule.m().getAsInt() : "auto"), F,
                    KEEP),
            RuleForm.robust("bulyan", Bulyan.class, keys -> new Bulyan(keys.get(F)), rule -> "f: " + rule.f(), F),
            RuleForm.robust("geometricMedian", GeometricMedian.class,
                    keys -> new GeometricMedian(weighting(keys), keys.get(SMOOTHING),
                            keys.get(ITERATIONS)),
                    rule -> weighting(rule.weighting()) + ", smoothing: " + rule.smoothing() + ", iterations: "
                            + rule.iterations(),
                    WEIGHTING, SMOOTHING, ITERATIONS),
            RuleForm.robust("normBound", NormBound.class, keys -> new NormBound(keys.get(NORM)),
                    rule -> "norm: " + rule.clipNorm(), NORM),
            RuleForm.robust("centredClipping", CentredClipping.class,
                    keys -> new CentredClipping(keys.get(DISTANCE), keys.get(ITERATIONS)),
                    rule -> "norm: " + rule.clipNorm() + ", iterations: " + rule.iterations(), DISTANCE, ITERATIONS),
            RuleForm.robust("fltrust", TrustedRows.class, keys -> new TrustedRows(keys.get(ROOT)),
                    rule -> "rows: " + quoted(rule.rows()), ROOT));

    static final Alternatives RULES = new Alternatives(FORMS.stream().map(RuleForm::form).toArray(Form[]::new));

    private AggregateKeys() {}

    static Weighting weighting(Entries entries) {
        return entries.get(WEIGHTING).equals("uniform") ? Weighting.UNIFORM : Weighting.EXAMPLES;
    }

    private static String weighting(Weighting weighting) {
        return "weighting: " + weighting.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The rule.
     *
     * @param seed of the run, for buckets
     */
    static Aggregator build(Alternatives.Choice choice, long seed) {
        Aggregator rule = FORMS.stream().filter(form -> form.name().equals(choice.form())).findFirst()
                .orElseThrow(() -> new AssertionError(choice.form())).read().apply(choice.entries());
        return rule instanceof RobustRule robust && choice.entries().get(BUCKET) > 1
                ? new Bucketing(choice.entries().get(BUCKET), robust, new Seed(seed).derive("buckets"))
                : rule;
    }

    /**
     * The rule in full, as one line.
     *
     * @throws IllegalArgumentException if it is none that a run file can name
     */
    static String text(Aggregator rule) {
        return rule instanceof Bucketing bucketing
                ? "{" + keys(bucketing.rule()) + ", bucket: " + bucketing.size() + "}"
                : "{" + keys(rule) + "}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String keys(Aggregator rule) {
        return FORMS.stream().filter(form -> form.type().isInstance(rule)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no run file can name the rule " + rule)).text(rule);
    }
}
