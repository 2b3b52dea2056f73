package dev.hansa.spec;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.privacy.accounting.Calibration;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import dev.hansa.core.statistics.Survey;
import dev.hansa.core.statistics.Survey.Budget;
import dev.hansa.core.statistics.Survey.Minimum;
import dev.hansa.spec.SurveyColumns.Asking;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Alternatives.Choice;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Section;
import dev.hansa.spec.document.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All of a statistics file: its top level. */
final class SurveyKeys {
    private static final String NONE = "none";
    private static final String NODE = "node";

    private static final Key<Integer> NODES = Key.optional("nodes", Scalars.wholeNumber(1), "2",
            "Of fewer nodes nothing is told, nor of cells in which fewer have rows. With 1 the answer may be that of one"
                    + " node.");
    private static final Key<Integer> ROWS = Key.optional("rows", Scalars.wholeNumber(Question.FEWEST_ROWS), "10",
            "Over fewer rows nothing is told.");
    private static final Key<Integer> CELL = Key.optional("cell", Scalars.wholeNumber(Question.FEWEST_ROWS), "5",
            "Without noise a cell or category of fewer rows is not told. On either side of a quantile are so many at least.");
    private static final Key<Double> EPSILON = Key.required("epsilon",
            Scalars.number("a number greater than 0", number -> number > 0), "1.0",
            "Of the whole answer. Less is more noise.");
    /** So likely it may be at most that somebody's data are given away. */
    private static final double LIKELY = 0.1;
    private static final Key<Double> DELTA = Key.required("delta",
            Scalars.number("a number above 0 and below 1", number -> number > 0 && number < 1), "1e-6",
            "How likely the promise may fail; far below one divided by the number of rows, or of nodes by unit.");
    private static final Key<String> BY = Key.optional("noise", Scalars.words("nodes", "coordinator"), "nodes",
            "Who adds it. nodes: each to its own sums, so that nobody else need be trusted; the answer has the noise of all."
                    + " coordinator: once, to the sum; it sees the sums of each node.");
    private static final Key<Integer> LIMIT = Key.required("rows", Scalars.wholeNumber(Question.FEWEST_ROWS, 1 << 24),
            "500", "So many rows of a node count at most, evenly spaced. The noise grows with it.");
    private static final Key<Choice> UNIT = Key.optional("unit",
            new Alternatives(Form.word("row"), Form.typed(NODE, LIMIT)), "row",
            "What stays hidden. row: whether any one row was there. node: all rows of any one node.");

    private static final Key<String> HANSA = RunKeys.HANSA;
    private static final Key<String> NAME =
            Key.required("name", RunKeys.NAME.type(), "ages", "The name of the survey.");
    private static final Key<String> PURPOSE = Key.optional("purpose", RunKeys.PURPOSE.type(), "\"\"",
            "What the answer is for, in words for the data owners.");
    private static final Key<String> SET = Key.optional("data", DataKeys.SET_NAME, "default",
            "The name under which data owners serve the data. All rows of all nodes that serve it count.");
    private static final Key<List<Asking>> COLUMNS = Key.required("columns", new SurveyColumns(), """
            age: {between: [0, 120], unit: years, tell: [mean, histogram], quantiles: [0.5], cells: 12}
            sex: {values: [f, m]}""", "What is asked of each column; the number of rows is told anyway.");
    private static final Key<Entries> MINIMUM = Key.optional("minimum", new Section(NODES, ROWS, CELL), "{}",
            "Below which nothing is published.");
    private static final Key<Choice> PRIVACY = Key.optional("privacy",
            new Alternatives(Form.word(NONE), Form.keyed("noise", EPSILON, DELTA, BY, UNIT)), NONE,
            "Differential privacy of the answer by Gaussian noise. Each value is told with the error that the noise makes.");
    private static final Key<Duration> DEADLINE =
            Key.optional("deadline", Scalars.duration(), "5m",
                    "How long answers are waited for, also those of nodes whose owners have still to decide, or want other hours.");

    static final Section SURVEY = new Section(HANSA, NAME, PURPOSE, SET, COLUMNS, MINIMUM, PRIVACY, DEADLINE);

    /** Noise of so many deviations below its mean comes once in seven hundred times. */
    private static final double SURELY = 3;

    private SurveyKeys() {}

    /** The survey; empty if what is written contradicts itself, of which the document's problems then tell. */
    static Optional<Survey> build(Entries file, Value document) {
        List<Asking> columns = file.get(COLUMNS);
        List<Column> all = columns.stream().map(Asking::column).collect(Collectors.toList());
        List<Asked> asked = columns.stream().map(Asking::asked).collect(Collectors.toList());
        if (!SurveyColumns.fits(columns)) {
            file.at(COLUMNS).problem("the names and categories are too long together for a message");
            return Optional.empty();
        }
        Entries least = file.get(MINIMUM);
        Minimum minimum = new Minimum(least.get(NODES), least.get(ROWS), least.get(CELL));
        Choice privacy = file.get(PRIVACY);
        try {
            int parts = new Question(asked, Noise.NONE).releases();
            Optional<Budget> budget = privacy.form().equals(NONE)
                    ? Optional.empty()
                    : Optional.of(new Budget(privacy.entries().get(EPSILON), privacy.entries().get(DELTA)));
            checkDelta(privacy, budget, minimum);
            document.throwProblems();
            Noise noise = budget.isPresent() ? noise(privacy.entries(), budget.get(), parts) : Noise.NONE;
            Schema schema = new Schema(all.subList(0, all.size() - 1), all.get(all.size() - 1));
            Survey survey = new Survey(file.get(NAME), file.get(PURPOSE),
                    new DataSpec(file.get(SET), schema, new HoldOut.None(), false), new Question(asked, noise),
                    columns.stream().map(Asking::wanted).collect(Collectors.toList()), minimum, budget,
                    file.get(DEADLINE));
            warnOfMuchNoise(survey, least);
            return Optional.of(survey);
        } catch (IllegalArgumentException e) {
            (privacy.form().equals(NONE) ? file.at(COLUMNS) : file.at(PRIVACY)).problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The noise may bring the number of rows below the least, and then all is spent for nothing. */
    private static void warnOfMuchNoise(Survey survey, Entries least) {
        Minimum minimum = survey.minimum();
        double deviation = survey.deviationOfRows(minimum.clients());
        if (2 * deviation > minimum.rows()) {
            least.at(ROWS).warning("it is " + minimum.rows()
                    + ", and the number of rows gets noise with a deviation of "
                    + (long) Math.ceil(deviation) + " rows"
                    + (survey.question().noise().by() == By.CLIENTS
                            ? " if " + minimum.clients() + " nodes answer, of more if more do" : "")
                    + ": unless the nodes have " + (long) Math.ceil(minimum.rows() + SURELY * deviation)
                    + " rows together or more, it may well come out below the least, and nothing is told though it"
                    + " costs the same; expected a larger epsilon, or fewer things asked for");
        }
    }

    /** A promise that may fail for one participant of the fewest there can be is none. */
    private static void checkDelta(Choice privacy, Optional<Budget> budget, Minimum minimum) {
        if (!budget.isPresent()) {
            return;
        }
        int fewest = isOfNodes(privacy) ? minimum.clients() : minimum.rows();
        if (budget.get().delta() * fewest >= 1) {
            privacy.entries().at(DELTA).problem("delta is " + budget.get().delta() + ", and the answer may be of "
                    + fewest + (isOfNodes(privacy) ? " nodes (minimum.nodes)" : " rows (minimum.rows)")
                    + ": to give away one of them whole would keep such a promise; expected far below "
                    + 1.0 / fewest);
        } else if (budget.get().delta() * fewest > LIKELY) {
            privacy.entries().at(DELTA).warning("delta is " + budget.get().delta() + ", and the answer may be of "
                    + fewest + (isOfNodes(privacy) ? " nodes (minimum.nodes)" : " rows (minimum.rows)")
                    + ", or of more: to give away one of them whole in every "
                    + Math.max(1, Math.round(1 / (budget.get().delta() * fewest)))
                    + ". answer would keep such a promise; expected at most " + LIKELY / fewest);
        }
    }

    private static boolean isOfNodes(Choice privacy) {
        return privacy.entries().get(UNIT).form().equals(NODE);
    }

    private static Noise noise(Entries privacy, Budget budget, int parts) {
        Choice unit = privacy.get(UNIT);
        boolean nodes = unit.form().equals(NODE);
        double multiplier = new Calibration(new PldAccountant(),
                nodes ? Adjacency.ZERO_OUT : Adjacency.ADD_OR_REMOVE_ONE, budget.epsilon(), budget.delta())
                .noiseMultiplier(noise -> new SelfComposed(new Gaussian(noise), parts));
        return new Noise(privacy.get(BY).equals("nodes") ? By.CLIENTS : By.COORDINATOR, multiplier,
                nodes ? unit.entries().get(LIMIT) : 0);
    }
}
