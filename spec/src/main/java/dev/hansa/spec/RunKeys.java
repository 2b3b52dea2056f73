package dev.hansa.spec;

import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.model.Seed;
import dev.hansa.core.strategy.Strategy;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Section;
import java.util.regex.Pattern;

/** All of {@code run.yaml}: its top level. */
final class RunKeys {
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
            "The model: linear regression (for a number), softmax regression (for classes) or, for both, a multi-layer"
                    + " perceptron, a convolutional network that reads pictures, or a recurrent one that reads a text.");
    static final Key<Entries> TRAINING = Key.optional("training", TrainingKeys.TRAINING, "{}",
            "What each node of the cohort does with the model in a round.");
    static final Key<Alternatives.Choice> STRATEGY = Key.optional("strategy", StrategyKeys.STRATEGY, "fedavg",
            "How the updates of a round become the next model: a name for a combination, or each axis by itself. hansa spec"
                    + " expand shows what a name stands for; docs/strategies.md helps to choose.");
    static final Key<Alternatives.Choice> COMPRESSION = Key.optional("compression", CompressionKeys.COMPRESSION, "none",
            "How updates are made smaller before nodes send them: by the size of their values, by their number, or both.");
    static final Key<Integer> ROUNDS = Key.required("rounds", Scalars.wholeNumber(1), "50", "The most rounds.");
    static final Key<Alternatives.Choice> PERSONALIZATION = Key.optional("personalization",
            PersonalizationKeys.PERSONALIZATION, "none",
            "How nodes come to models of their own, which they keep and never send. After the last round each node"
                    + " tells how good its own model is beside the shared one, on the rows it holds out;"
                    + " docs/strategies.md helps to choose.");
    static final Key<Long> SEED = Key.optional("seed", Scalars.wholeNumber(), "42",
            "Of all reproducible choices: first weights, cohorts, orders of rows.");

    static final Section RUN =
            new Section(HANSA, NAME, PURPOSE, DATA, MODEL, TRAINING, STRATEGY, COMPRESSION, ROUNDS, CohortKeys.COHORT,
                    StopKeys.EVALUATION, StopKeys.STOP, PERSONALIZATION, PrivacyKeys.PRIVACY, SEED,
                    SimulationKeys.SIMULATION);

    private RunKeys() {}

    /** The run that the document, which has no problem, describes. */
    static RunSpec build(Entries run) {
        DataSpec data = DataKeys.build(run.get(DATA));
        StopRule stop = StopKeys.build(run.get(StopKeys.STOP));
        boolean heldOut = !(data.holdOut() instanceof HoldOut.None);
        Evaluation evaluation = StopKeys.evaluation(run.get(StopKeys.EVALUATION), heldOut,
                StopKeys.usualMetric(stop, data.schema().classification(), heldOut));
        Strategy strategy = StrategyKeys.build(run.get(STRATEGY), run.get(TRAINING), run.get(ROUNDS),
                run.get(CohortKeys.COHORT).get(CohortKeys.NODES), run.get(SEED));
        return new RunSpec(run.get(NAME), run.get(PURPOSE), data, ModelKeys.find(run.get(MODEL)).get(), strategy,
                CompressionKeys.build(run.get(COMPRESSION)), run.get(ROUNDS),
                CohortKeys.build(run.get(CohortKeys.COHORT), strategy), evaluation,
                stop, PersonalizationKeys.build(run.get(PERSONALIZATION), new Seed(run.get(SEED))),
                new Seed(run.get(SEED)));
    }
}
