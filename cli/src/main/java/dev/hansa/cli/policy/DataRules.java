package dev.hansa.cli.policy;

import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Alternatives.Choice;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Items;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Section;
import dev.hansa.spec.document.Type;
import dev.hansa.spec.document.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code data}: what may be done with each data set, by its name. */
final class DataRules implements Type<Map<String, DataPolicy>> {
    private static final String UNLIMITED = "unlimited";
    private static final int MOST = 10_000;
    /** The least that the accountants can tell. */
    private static final double LEAST_DELTA = 1e-12;
    /** What somebody means to promise is less: a tenth of one by a hundred rows, the fewest that most data sets have. */
    private static final double LARGE_DELTA = 1e-3;
    private static final Type<String> TEXT = Scalars.text(2000);
    private static final Type<String> NAME = Scalars.text("a name of 1 to 256 characters",
            name -> !name.isBlank() && name.length() <= 256);
    private static final Type<OptionalInt> LIMIT = Scalars.wholeNumberOr(UNLIMITED, 1);

    private static final Key<Optional<List<String>>> PURPOSES = Key.optional("purposes",
            new AnyOr<>(new Items<>(TEXT, 1, MOST, true)), AnyOr.ANY,
            "Of runs that may come in question: texts in which * stands for anything.");
    private static final Key<Optional<List<String>>> COLUMNS = Key.optional("columns",
            new AnyOr<>(new Items<>(NAME, 1, MOST, true)), AnyOr.ANY,
            "That runs may read, as feature, label, or mark of rows to hold out.");
    private static final Key<String> APPROVE = Key.optional("approve", Scalars.words("policy", "ask"), "policy",
            "Who decides on a run that all else allows: this policy alone, or a person (hansa node approve).");
    private static final Key<OptionalDouble> CLIP = Key.optional("clip",
            Scalars.numberOr(AnyOr.ANY, "a number greater than 0", clip -> clip > 0), AnyOr.ANY,
            "The largest norm to which an update may be clipped.");
    private static final Key<Double> NOISE = Key.optional("noise",
            Scalars.number("a number of 0 or more", noise -> noise >= 0), "0",
            "The least noise multiplier: of noise that the node adds itself or, with trust: coordinator, of such as the"
                    + " coordinator promises.");
    private static final Key<Integer> COHORT = Key.optional("cohort", Scalars.wholeNumber(1), "1",
            "The fewest updates in a sum, as the coordinator states (cohort.minimumReports). More than 1 refuses runs whose"
                    + " rounds count whatever comes: of privacy: local and examples, and private ones of nodes that are"
                    + " drawn by coins (poisson).");
    private static final Key<String> SECURE = Key.optional("secureAggregation", Scalars.words("no", "yes", "orNoise"),
            "no",
            "Whether nobody may see an update of this node alone. yes: no update leaves, for no run can add up under"
                    + " encryption yet. orNoise: or noise as above, which has to be named then.");
    private static final Key<String> UNIT = Key.optional("unit", Scalars.words("dataSet", "row"), "dataSet",
            "What noise has to hide, and the budget counts. dataSet: all rows together, so that it hides each person too. row:"
                    + " each single row, as privacy: examples does; a person with several rows is hidden less well.");
    private static final Key<Entries> REQUIRE = Key.optional("require", new Section(CLIP, NOISE, COHORT, SECURE), "{}",
            "The least protection of updates.");
    private static final Key<OptionalInt> PER_RUN = Key.optional("perRun", LIMIT, UNLIMITED,
            "The most of one run; updates at most twice as many, for a round may be tried again.");
    private static final Key<OptionalInt> IN_ALL =
            Key.optional("inAll", LIMIT, UNLIMITED, "The most updates of the data set, ever.");
    private static final Key<Entries> ROUNDS = Key.optional("rounds", new Section(PER_RUN, IN_ALL), "{}", "");
    private static final Key<Double> EPSILON = Key.required("epsilon",
            Scalars.number("a number greater than 0", epsilon -> epsilon > 0), "4", "");
    private static final Key<Double> DELTA = Key.required("delta", Scalars.number("a number from 1e-12 to below 1",
            delta -> delta >= LEAST_DELTA && delta < 1), "1e-5", "");
    private static final Key<Choice> BUDGET = Key.optional("budget",
            new Alternatives(Form.word(UNLIMITED), Form.keyed("epsilon", EPSILON, DELTA)), UNLIMITED,
            "The most that all that is ever told of the data set may cost together.");
    private static final Key<List<String>> EXEMPT = Key.optional("exempt",
            new Items<>(Scalars.words("evaluation", "statistics"), 0, 2, true), "[]",
            "What may be told without protection, and does not count against the budget: evaluation (how good a model is on"
                    + " held-out rows), statistics (sums over columns, and how many rows"
                    + " hold a value by which a run holds rows out).");
    private static final Section SECTION =
            new Section(PURPOSES, COLUMNS, APPROVE, UNIT, REQUIRE, ROUNDS, BUDGET, EXEMPT);

    @Override
    public String expected() {
        return "a mapping from the name of each data set to " + SECTION.expected();
    }

    @Override
    public List<Form> forms() {
        return List.of(new Form("each data set", SECTION, false));
    }

    @Override
    public Optional<Map<String, DataPolicy>> read(Value value) {
        if (!value.isMapping()) {
            return value.unexpected(expected());
        }
        Map<String, DataPolicy> rules = new TreeMap<>();
        for (Value.Entry entry : value.entries()) {
            if (NAME.read(entry.key()).isPresent()) {
                SECTION.read(entry.value()).flatMap(DataRules::rules)
                        .ifPresent(one -> rules.put(entry.name(), one));
            }
        }
        return Optional.of(rules);
    }

    private static Optional<DataPolicy> rules(Entries entries) {
        if (entries.get(REQUIRE).isWhole() && entries.get(REQUIRE).get(SECURE).equals("orNoise")
                && entries.get(REQUIRE).get(NOISE) == 0) {
            entries.get(REQUIRE).at(SECURE)
                    .problem("found orNoise, and no noise is required; expected also require.noise,"
                            + " how much");
        }
        warnOfDelta(entries);
        boolean whole = entries.isWhole() && entries.get(REQUIRE).isWhole() && entries.get(ROUNDS).isWhole()
                && entries.get(BUDGET).entries().isWhole();
        return whole ? Optional.of(new DataPolicy(entries.get(PURPOSES).orElse(List.of()),
                entries.get(COLUMNS).map(HashSet::new),
                entries.get(APPROVE).equals("ask") ? Approval.ASK : Approval.GIVEN,
                entries.get(UNIT).equals("row") ? Unit.ROW : Unit.DATA_SET, required(entries.get(REQUIRE)),
                entries.get(ROUNDS).get(PER_RUN), entries.get(ROUNDS).get(IN_ALL), budget(entries.get(BUDGET)),
                entries.get(EXEMPT).stream().map(word -> Told.valueOf(word.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet())))
                : Optional.empty();
    }

    private static void warnOfDelta(Entries entries) {
        Choice budget = entries.get(BUDGET);
        if (budget.form().equals(UNLIMITED) || !budget.entries().isWhole()
                || !(budget.entries().get(DELTA) > LARGE_DELTA)) {
            return;
        }
        double delta = budget.entries().get(DELTA);
        budget.entries().at(DELTA).warning("it is " + delta + ", and "
                + (entries.get(UNIT).equals("row")
                        ? "to give away one of every " + (long) Math.ceil(1 / delta) + " rows whole"
                        : "to give away all rows in one of every " + (long) Math.ceil(1 / delta) + " cases")
                + " would keep within such a budget; expected far less than one by the number of rows, such as 1e-5");
    }

    private static Required required(Entries entries) {
        return new Required(entries.get(CLIP).orElse(Double.POSITIVE_INFINITY), entries.get(NOISE),
                entries.get(COHORT), entries.get(SECURE).equals("yes"));
    }

    private static Optional<Budget> budget(Choice choice) {
        return choice.form().equals(UNLIMITED) ? Optional.empty()
                : Optional.of(new Budget(choice.entries().get(EPSILON), choice.entries().get(DELTA)));
    }
}
