package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.promise.Amount;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.statistics.Answer;
import dev.hansa.core.statistics.Answer.Cell;
import dev.hansa.core.statistics.Answer.Estimate;
import dev.hansa.core.statistics.Answer.OfColumn;
import dev.hansa.core.statistics.Answer.Quantile;
import dev.hansa.core.statistics.Survey;
import dev.hansa.core.statistics.Survey.Budget;
import java.util.ArrayList;
import java.util.List;

/** What is said of an answer in words, on a terminal and on a page. */
public final class SurveyText {
    /** What has to be said of an answer of simulated nodes. */
    public static final String SIMULATED =
            "This was a simulation: all nodes lived in one process, and noise was made from a"
                    + " seed. It protects nobody.";

    private SurveyText() {}

    /** A number of rows, which noise may make any number. */
    public static String rows(double rows) {
        return String.valueOf(Math.round(rows));
    }

    /** How many rows of a cell are known: a number, {@code at least} a number, or why there is none. */
    public static String rows(Cell cell) {
        String leftOut = cell.leftOutBy() == 0 ? ""
                : "left out by up to " + Format.count(cell.leftOutBy(), "node");
        return cell.rows().map(told -> leftOut.isEmpty() ? rows(told.value())
                : "at least " + rows(told.value()) + " (" + leftOut + ")")
                .orElse(leftOut.isEmpty() ? "few" : leftOut);
    }

    /** The error, or a dash for none. */
    public static String error(Estimate estimate) {
        return estimate.error() == 0 ? "–" : Format.number(estimate.error());
    }

    /** The unit of a value of the column. */
    public static String unit(OfColumn column, String value) {
        return value.equals("variance") && !column.unit().isEmpty() ? "(" + column.unit() + ")²" : column.unit();
    }

    /** A quantile's name. */
    public static String name(Quantile quantile) {
        return quantile.part() == 0.5 ? "median" : "quantile " + quantile.part();
    }

    /** What has to be known to read the answer. */
    public static List<String> notes(Survey survey, Answer answer) {
        List<String> notes = new ArrayList<>();
        Noise noise = survey.question().noise();
        notes.add("Of " + Format.count(answer.clients(), "node") + ". Values beyond the bounds of their column count as"
                + " the bounds. Variances are divided by the number of rows.");
        if (noise.by() == By.NOBODY) {
            notes.add("No noise was added: whoever knows all rows but one can work out that one from such answers.");
        } else {
            notes.add("The error is a standard error, of the noise alone: about two of three values are no farther off."
                    + " A count may come out below 0.");
            survey.budget().ifPresent(budget -> notes.add(promise(noise, budget, answer)));
        }
        MostlyNoise.warning(survey, answer).ifPresent(notes::add);
        if (answer.columns().stream().anyMatch(column -> column.leftOut().value() > 0)) {
            notes.add("few: cells of fewer than " + survey.minimum().cell() + " rows, or with rows of fewer than "
                    + Format.count(survey.minimum().clients(), "node")
                    + ", and cells that would follow from these, are not told. Nodes leave out cells of fewer than five"
                    + " rows of their own, and sometimes one more so that these do not follow; those rows are missing in"
                    + " the cells, and counted as not told. Left out by up to so many nodes: they told of no row there,"
                    + " and of some of their rows not where they are.");
        }
        if (answer.columns().stream().anyMatch(column -> !column.quantiles().isEmpty())) {
            notes.add("A quantile lies "
                    + (noise.by() == By.NOBODY ? "surely" : "in about 95 of 100 answers")
                    + " between the two edges; the value is interpolated within a cell.");
        }
        return notes;
    }

    private static String promise(Noise noise, Budget budget, Answer answer) {
        boolean nodes = noise.rowsPerClient() > 0;
        double participants = nodes ? answer.clients() : answer.rows().value();
        return "The answer as a whole is (ε, δ)-differentially private with ε = " + Amount.written(budget.epsilon())
                + " and δ = "
                + Amount.written(budget.delta()) + ", for "
                + (nodes ? "all rows of one node (at most " + noise.rowsPerClient() + " of each count)" : "one row")
                + " that may be there or not. The noise was added by "
                + (noise.by() == By.CLIENTS ? "each node" : "the coordinator, which saw the sums of each node")
                + ". That a node answered is public."
                + (budget.delta() * participants >= 1
                        ? " But δ is no smaller than one by " + Math.round(participants)
                                + ": to give away one of them whole would keep such a promise."
                        : "");
    }
}
