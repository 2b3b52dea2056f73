package dev.hansa.spec;

import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Bounds;
import dev.hansa.core.privacy.Accounting;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Mechanism.Distributed;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.privacy.clip.AdaptiveClip;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.strategy.Combination;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Alternatives.Choice;
import dev.hansa.spec.document.Either;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Items;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Type;
import dev.hansa.wire.Limits;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** {@code privacy}: what is promised of the model, and to whom. */
final class PrivacyKeys {
    private static final String NONE = "none";
    private static final String CENTRAL = "central";
    private static final String LOCAL = "local";
    private static final String CORRELATED = "correlated";
    private static final String DISTRIBUTED = "distributed";
    private static final String GAUSSIAN = "gaussian";
    private static final String EXAMPLES = "examples";
    private static final String AUTO = "auto";
    private static final Type<Double> POSITIVE = Scalars.number("a number greater than 0", number -> number > 0);
    /** Noise of the bits, as a part of the clients of a round: Andrew et al., section 3.1. */
    private static final double BIT_NOISE = 1.0 / 20;

    private static final Key<Double> INITIAL =
            Key.optional("initial", POSITIVE, "0.1", "The clip of the first round; from 0.1 to 10 takes 46 rounds.");
    private static final Key<Double> QUANTILE =
            Key.optional("quantile", Scalars.number("a number above 0 and below 1", number -> number > 0 && number < 1),
                    "0.5", "The part of the nodes whose updates are to be within the clip.");
    private static final Key<Double> ADAPTING =
            Key.optional("rate", Scalars.number("a number above 0, at most 1", number -> number > 0 && number <= 1),
                    "0.2", "How fast the clip follows.");
    private static final Key<OptionalDouble> COUNT_NOISE = Key.optional("noise",
            Scalars.numberOr(AUTO, "a number greater than 0", number -> number > 0), AUTO,
            "The deviation of the noise of how many updates were within; auto is a twentieth of the nodes of a round.");

    /** A clip as it is written. */
    private record Clip(double first, Optional<Entries> adaptive) {}

    private static final Key<Clip> CLIP = Key.required("clip",
            new Either<>(POSITIVE, bound -> new Clip(bound, Optional.empty()),
                    new Alternatives(Form.typed("adaptive", INITIAL, QUANTILE, ADAPTING, COUNT_NOISE)),
                    choice -> choice.entries().isWhole()
                            ? Optional.of(new Clip(choice.entries().get(INITIAL), Optional.of(choice.entries())))
                            : Optional.empty(),
                    ""),
            "1.0",
            "The largest Euclidean norm of an update, over all tensors; longer ones are made shorter. An adaptive one"
                    + " follows a quantile of the updates' norms, which costs no more privacy.");
    private static final Key<Double> BOUND = Key.required("clip", POSITIVE, "1.0",
            "The largest Euclidean norm of an update, over all tensors; longer ones are made shorter.");
    private static final Key<OptionalDouble> NOISE = Key.optional("noise",
            Scalars.numberOr(AUTO, "a number greater than 0", number -> number > 0), AUTO,
            "The noise multiplier: the deviation of the noise divided by the clip. With auto it is the least with which all"
                    + " rounds keep within epsilon.");
    private static final Key<OptionalDouble> EPSILON = Key.optional("epsilon",
            Scalars.numberOr("unlimited", "a number greater than 0", number -> number > 0), "unlimited",
            "The budget: the run ends before it is exceeded.");
    private static final Key<Double> DELTA = Key.required("delta",
            Scalars.number("a number above 0 and below 1", number -> number > 0 && number < 1), "1e-5",
            "How likely the promise may fail; far below one divided by the number of nodes.");
    static final Key<String> ACCOUNTANT = Key.optional("accountant", Scalars.words(AUTO, "pld", "rdp"), AUTO,
            "Who says what it costs: pld by the distribution of the privacy loss, rdp by Rényi divergences, a little more."
                    + " With auto it is pld where that knows how the cohort is drawn.");
    private static final Key<Double> STATISTICS_EPSILON = Key.required("epsilon", POSITIVE, "0.5",
            "What they cost alone, at the delta of the run. It counts towards the run's epsilon, and the rounds need the"
                    + " rest of that.");
    private static final Key<SortedMap<String, Bounds>> BOUNDS = Key.required("bounds", new ColumnBounds(),
            "{age: [20, 90]}",
            "Of each column of numbers, the label too if it is one, the least and the greatest value that count; what lies"
                    + " beyond counts as the bound. Everybody sees the bounds: take them from what is known of such columns,"
                    + " not from these rows. The wider they are, the more noise.");
    private static final Key<Choice> STATISTICS = Key.optional("statistics",
            new Alternatives(Form.word(NONE), Form.keyed("hidden", STATISTICS_EPSILON, BOUNDS)), NONE,
            "Lets numbers be standardised (data.standardise) at a cost: before the first round each node tells moments of"
                    + " its columns, with noise by whoever adds it to updates.");
    private static final Key<List<String>> EXEMPT = Key.optional("exempt",
            new Items<>(Scalars.words("evaluation", "statistics"), 0, 2, true), "[]",
            "What else nodes tell that no noise protects: evaluation (how good the model is on held-out rows), statistics"
                    + " (sums over columns, for data.standardise; the key statistics hides them instead). Without it such a run is"
                    + " refused.");

    private static final Key<String> WHOLE_NOISE = Key.optional("mechanism", Scalars.words(GAUSSIAN, "skellam"),
            GAUSSIAN,
            "What each node adds: gaussian, discrete, whose sum is one but for less than can be counted, or skellam, whose sum"
                    + " is one exactly and which takes longer to draw.");
    private static final Key<Integer> BITS = Key.optional("bits",
            Scalars.wholeNumber(Distributed.LEAST_BITS, Distributed.MOST_BITS), "20",
            "Of each number that is sent. Fewer make updates smaller and rounding coarser.");

    private static final Key<Double> ROW_CLIP = Key.required("clip", POSITIVE, "1.0",
            "The largest Euclidean norm of the gradient of a row, over all tensors; longer ones are made shorter.");
    private static final Key<Double> SAMPLING = Key.required("sampling",
            Scalars.number("a number above 0, at most 1", number -> number > 0 && number <= 1), "0.05",
            "The probability with which each step of a node draws each of its rows, in place of training.batchSize.");
    private static final Key<Double> ROW_DELTA = Key.required("delta",
            Scalars.number("a number above 0 and below 1", number -> number > 0 && number < 1), "1e-6",
            "How likely the promise may fail; far below one divided by the number of rows of a node, which refuses"
                    + " otherwise.");

    static final Key<Choice> PRIVACY = Key.optional("privacy", new Alternatives(Form.word(NONE),
            Form.typed(CENTRAL, CLIP, NOISE, EPSILON, DELTA, ACCOUNTANT, STATISTICS, EXEMPT),
            Form.typed(CORRELATED, BOUND, NOISE, EPSILON, DELTA, ACCOUNTANT, STATISTICS, EXEMPT),
            Form.typed(DISTRIBUTED, BOUND, WHOLE_NOISE, BITS, NOISE, EPSILON, DELTA, ACCOUNTANT, STATISTICS, EXEMPT),
            Form.typed(LOCAL, BOUND, NOISE, EPSILON, DELTA, ACCOUNTANT, STATISTICS, EXEMPT),
            Form.typed(EXAMPLES, ROW_CLIP, NOISE, SAMPLING, EPSILON, ROW_DELTA, ACCOUNTANT, STATISTICS, EXEMPT)), NONE,
            "Differential privacy of each node as a whole, or of each row, by noise. With central the coordinator adds it to the sum of"
                    + " clipped updates: it protects from everybody who gets the model. With correlated (DP-FTRL) it does so"
                    + " with noise that later rounds take back in part, for nodes that take part again only after"
                    + " cohort.separation rounds. With distributed each node adds a part of the noise, to whole numbers:"
                    + " that protects from the coordinator too once it sees nothing but their sum, which takes secure"
                    + " aggregation. With local each node adds noise to its own update, which protects from the coordinator"
                    + " as well and takes far more noise. With examples (DP-SGD) each node hides each of its rows while it trains,"
                    + " by noise in the gradients of training.steps steps a round: it protects rows, not nodes, from the"
                    + " coordinator too. docs/privacy.md tells what is promised, hansa privacy plan what"
                    + " it costs.");

    private PrivacyKeys() {}

    /**
     * The run with what its file promises; as it is if that is nothing.
     *
     * @param perRound how many nodes take part in a round
     * @throws IllegalArgumentException if that cannot be promised of the run
     */
    static RunSpec apply(Choice choice, RunSpec run, double perRound) {
        if (choice.form().equals(NONE)) {
            return run;
        }
        Entries entries = choice.entries();
        boolean central = choice.form().equals(CENTRAL);
        boolean rows = choice.form().equals(EXAMPLES);
        Clip clip = central ? entries.get(CLIP) : new Clip(entries.get(rows ? ROW_CLIP : BOUND), Optional.empty());
        Optional<Accounting> accounting = entries.get(ACCOUNTANT).equals(AUTO)
                ? Optional.empty()
                : Optional.of(Accounting.valueOf(upper(entries.get(ACCOUNTANT))));
        Set<Exempt> exempt =
                entries.get(EXEMPT).stream().map(word -> Exempt.valueOf(upper(word))).collect(Collectors.toSet());
        RunSpec whole = run.with(new Privacy(mechanism(choice, clip, run, perRound), clip.first(), entries.get(NOISE),
                entries.get(EPSILON), entries.get(rows ? ROW_DELTA : DELTA), accounting,
                statistics(entries.get(STATISTICS)), exempt));
        whole.privacy().ifPresent(plan -> AccountableNoise.require(whole, plan));
        double noise = whole.privacy().map(PrivacyPlan::noise).orElse(0.0);
        if (rows && noise < Limits.LEAST_ROW_NOISE) {
            throw new IllegalArgumentException("the noise multiplier is " + noise + ", and nodes refuse less than "
                    + Limits.LEAST_ROW_NOISE + ", which hides no row; expected more noise"
                    + (entries.get(NOISE).isPresent() ? "" : ", or a smaller epsilon"));
        }
        return whole;
    }

    private static Optional<Privacy.Statistics> statistics(Choice choice) {
        return choice.form().equals(NONE) ? Optional.empty()
                : Optional.of(new Privacy.Statistics(choice.entries().get(STATISTICS_EPSILON),
                        choice.entries().get(BOUNDS)));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    /** What hiding rows costs is counted in steps, so there has to be a number of them. */
    private static int steps(RunSpec run) {
        OptionalInt steps =
                run.strategy() instanceof Combination known ? known.training().steps() : OptionalInt.empty();
        return steps.orElseThrow(() -> new IllegalArgumentException("what hiding rows costs is counted in steps, and"
                + " training.steps is epochs; expected training.steps, the steps of a node in a round"));
    }

    private static Mechanism mechanism(Choice choice, Clip clip, RunSpec run, double perRound) {
        return switch (choice.form()) {
            case CENTRAL -> new Mechanism.Central(clip.adaptive().map(keys -> new AdaptiveClip(keys.get(INITIAL),
                    keys.get(QUANTILE), keys.get(ADAPTING), keys.get(COUNT_NOISE).orElse(BIT_NOISE * perRound))));
            case CORRELATED -> new Mechanism.Correlated();
            case DISTRIBUTED -> new Distributed(choice.entries().get(WHOLE_NOISE).equals(GAUSSIAN)
                    ? IntegerNoise.DISCRETE_GAUSSIAN : IntegerNoise.SKELLAM, choice.entries().get(BITS));
            case EXAMPLES -> new Mechanism.Examples(choice.entries().get(SAMPLING), steps(run));
            default -> new Mechanism.Local();
        };
    }
}
