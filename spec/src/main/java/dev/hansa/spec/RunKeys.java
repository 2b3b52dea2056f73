package dev.hansa.spec;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.model.Seed;
import dev.hansa.core.strategy.Strategy;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Section;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** All of {@code run.yaml}: its top level, and the cohort. */
final class RunKeys {
    private static final String AUTO = "auto";
    static final String ACCEPT = "accept";
    private static final Pattern NAMES = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    static final Key<String> HANSA = Key.required("hansa", Scalars.words("1"), "1", "The version of this format.");
    static final Key<String> NAME = Key.required("name",
            Scalars.text("at most 63 lower-case letters, digits and hyphens, such as boston-housing",
                    name -> NAMES.matcher(name).matches()),
            "boston-housing", "The name of the run.");
    static final Key<String> PURPOSE = Key.optional("purpose", Scalars.text(2000), "\"\"",
            "What the model is for, in words for the data owners.");
    static final Key<Entries> DATA = Key.required("data", DataKeys.SECTION, "", "What is asked of each node's data.");
    static final Key<Alternatives.Choice> MODEL = Key.required("model", ModelKeys.MODEL, "linear",
            "The model: linear regression (for a number), softmax regression (for classes) or a multi-layer perceptron"
                    + " (for both).");
    static final Key<Entries> TRAINING = Key.optional("training", TrainingKeys.TRAINING, "{}",
            "What each node of the cohort does with the model in a round.");
    static final Key<Alternatives.Choice> STRATEGY = Key.optional("strategy", StrategyKeys.STRATEGY, "fedavg",
            "How the updates of a round become the next model: a name for a combination, or each axis by itself. hansa spec"
                    + " expand shows what a name stands for; docs/strategies.md helps to choose.");
    static final Key<Alternatives.Choice> COMPRESSION = Key.optional("compression", CompressionKeys.COMPRESSION, "none",
            "How updates are made smaller before nodes send them: by the size of their values, by their number, or both.");
    static final Key<Integer> ROUNDS = Key.required("rounds", Scalars.wholeNumber(1), "50", "The most rounds.");
    static final Key<Long> SEED = Key.optional("seed", Scalars.wholeNumber(), "42",
            "Of all reproducible choices: first weights, cohorts, orders of rows.");

    static final Key<Integer> NODES = Key.optional("nodes", Scalars.wholeNumber(1), "2",
            "How many nodes the run waits for before it starts.");
    static final Key<OptionalInt> SIZE = Key.optional("size", Scalars.wholeNumberOr("all", 1), "all",
            "How many nodes are chosen for a round.");
    static final Key<Integer> MINIMUM_REPORTS = Key.optional("minimumReports", Scalars.wholeNumber(1), "2",
            "How many updates a round needs; with fewer it is tried again. 1 lets a single node's update be seen.");
    static final Key<Double> OVER_SELECTION = Key.optional("overSelection",
            Scalars.number("a number from 1 to 10", value -> value >= 1 && value <= 10), "1",
            "How many times size are asked, so that a round need not wait for its slowest nodes: it closes as soon as size"
                    + " updates are there.");
    static final Key<Duration> DEADLINE = Key.optional("deadline", Scalars.duration(), "10m",
            "How long a round waits for updates.");
    static final Key<String> PARTIAL_WORK = Key.optional("partialWork", Scalars.words(AUTO, ACCEPT, "discard"), AUTO,
            "What becomes of the work of a node that will not be done by the deadline. accept: nodes are told how much time is"
                    + " left; who is slow stops early enough to send what it has, and that counts like all of the work, for"
                    + " a model learns more from unfinished work than from none. discard: it does not count, and who is"
                    + " slow works in vain. auto: accept, if the strategy can learn from unfinished work, as fedavg can. In"
                    + " simulate nobody is slow.");
    static final Key<Entries> COHORT =
            Key.optional("cohort", new Section(NODES, SIZE, MINIMUM_REPORTS, OVER_SELECTION, DEADLINE, PARTIAL_WORK),
                    "{}", "Who takes part in a round.");

    static final Section RUN =
            new Section(HANSA, NAME, PURPOSE, DATA, MODEL, TRAINING, STRATEGY, COMPRESSION, ROUNDS, COHORT,
                    StopKeys.EVALUATION, StopKeys.STOP, SEED);

    private RunKeys() {}

    /** The run that the document, which has no problem, describes. */
    static RunSpec build(Entries run) {
        DataSpec data = DataKeys.build(run.get(DATA));
        int every = data.holdOut() instanceof HoldOut.None ? 0 : run.get(StopKeys.EVALUATION).get(StopKeys.EVERY);
        Strategy strategy = StrategyKeys.build(run.get(STRATEGY), run.get(TRAINING), run.get(ROUNDS),
                run.get(COHORT).get(NODES));
        return new RunSpec(run.get(NAME), run.get(PURPOSE), data, ModelKeys.find(run.get(MODEL)).get(), strategy,
                CompressionKeys.build(run.get(COMPRESSION)), run.get(ROUNDS), cohort(run.get(COHORT), strategy), every,
                StopKeys.build(run.get(StopKeys.STOP)), new Seed(run.get(SEED)));
    }

    private static Cohort cohort(Entries cohort, Strategy strategy) {
        String partial = cohort.get(PARTIAL_WORK);
        return new Cohort(cohort.get(NODES), cohort.get(SIZE), cohort.get(MINIMUM_REPORTS),
                cohort.get(OVER_SELECTION), cohort.get(DEADLINE),
                partial.equals(ACCEPT) || partial.equals(AUTO) && strategy.usesPartialWork());
    }
}
