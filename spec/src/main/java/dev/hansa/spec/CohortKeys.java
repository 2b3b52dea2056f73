package dev.hansa.spec;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.coordinator.select.BySize;
import dev.hansa.core.coordinator.select.Cyclic;
import dev.hansa.core.coordinator.select.Poisson;
import dev.hansa.core.coordinator.select.PowerOfChoice;
import dev.hansa.core.coordinator.select.Separated;
import dev.hansa.core.strategy.Strategy;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Section;
import java.time.Duration;
import java.util.OptionalInt;

/** {@code cohort}: who takes part in a round. */
final class CohortKeys {
    private static final String AUTO = "auto";
    static final String ACCEPT = "accept";
    private static final String UNIFORM = "uniform";
    private static final String POISSON = "poisson";
    private static final String SIZE_OF_DATA = "size";
    private static final String POWER_OF_CHOICE = "powerOfChoice";
    private static final String CYCLIC = "cyclic";

    static final Key<Integer> NODES = Key.optional("nodes", Scalars.wholeNumber(1), "2",
            "How many nodes the run waits for before it starts.");
    static final Key<OptionalInt> SIZE = Key.optional("size", Scalars.wholeNumberOr("all", 1), "all",
            "How many nodes are chosen for a round.");
    static final Key<Double> RATE = Key.required("rate",
            Scalars.number("a number above 0, at most 1", value -> value > 0 && value <= 1), "0.1",
            "The probability of each node. How many a round has is chance; a draw of fewer than minimumReports is told of"
                    + " and made again.");
    static final Key<Integer> CANDIDATES = Key.required("candidates", Scalars.wholeNumber(1), "20",
            "How many nodes are drawn by their rows; of these, size are chosen. More candidates lean more towards nodes"
                    + " with a large loss.");
    static final Key<Alternatives.Choice> SELECT = Key.optional("select",
            new Alternatives(Form.word(UNIFORM), Form.typed(POISSON, RATE), Form.word(SIZE_OF_DATA),
                    Form.typed(POWER_OF_CHOICE, CANDIDATES), Form.word(CYCLIC)),
            UNIFORM,
            "How they are chosen. uniform: each with the same probability. poisson: each by a coin of its own, as privacy"
                    + " accounting likes it. size: in proportion to the rows they train on; with strategy.weighting:"
                    + " uniform, or large nodes count twice. powerOfChoice: those whose last training had the largest loss,"
                    + " first those that never trained. cyclic: one a round, in the order of their names, with"
                    + " minimumReports: 1.");
    static final Key<Integer> SEPARATION = Key.optional("separation", Scalars.wholeNumber(0), "0",
            "How many rounds a node sits out after one that counted its update. If fewer than minimumReports are left,"
                    + " those who sat out longest take part; with privacy: {type: correlated} the round waits instead.");
    static final Key<Integer> MINIMUM_REPORTS = Key.optional("minimumReports", Scalars.wholeNumber(1), "2",
            "How many updates a round needs; with fewer it is tried again. 1 lets a single node's update be seen."
                    + " With privacy: local or examples, or with privacy: central and select: poisson, a round that has"
                    + " begun counts whatever comes.");
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
                    + " simulate nobody sends unfinished work.");
    static final Key<Entries> COHORT =
            Key.optional("cohort",
                    new Section(NODES, SIZE, SELECT, SEPARATION, MINIMUM_REPORTS, OVER_SELECTION, DEADLINE,
                            PARTIAL_WORK),
                    "{}", "Who takes part in a round.");

    private CohortKeys() {}

    static Cohort build(Entries cohort, Strategy strategy) {
        String partial = cohort.get(PARTIAL_WORK);
        return new Cohort(cohort.get(NODES), cohort.get(SIZE), cohort.get(MINIMUM_REPORTS),
                cohort.get(OVER_SELECTION), cohort.get(DEADLINE),
                partial.equals(ACCEPT) || partial.equals(AUTO) && strategy.usesPartialWork(), selector(cohort));
    }

    /** Whether a round has one node, in turn. */
    static boolean isCyclic(Alternatives.Choice select) {
        return select.form().equals(CYCLIC);
    }

    /** How many nodes a round has, on average. */
    static int perRound(Entries cohort) {
        Alternatives.Choice choice = cohort.get(SELECT);
        int nodes = cohort.get(NODES);
        return switch (choice.form()) {
            case POISSON -> (int) Math.ceil(choice.entries().find(RATE).orElse(1.0) * nodes);
            case CYCLIC -> 1;
            default -> cohort.get(SIZE).orElse(nodes);
        };
    }

    /** Of a cohort whose parts had no problems. */
    static CohortSelector selector(Entries cohort) {
        Alternatives.Choice choice = cohort.get(SELECT);
        CohortSelector selector = switch (choice.form()) {
            case POISSON -> new Poisson(choice.entries().get(RATE));
            case SIZE_OF_DATA -> new BySize();
            case POWER_OF_CHOICE -> new PowerOfChoice(choice.entries().get(CANDIDATES));
            case CYCLIC -> new Cyclic();
            default -> new Uniform();
        };
        int rounds = cohort.get(SEPARATION);
        return rounds == 0 ? selector : new Separated(selector, rounds);
    }
}
