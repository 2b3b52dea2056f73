package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.promise.Amount;
import dev.hansa.core.coordinator.SurveyLoop.Outcome;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.statistics.Answer;
import dev.hansa.core.statistics.Answer.OfColumn;
import dev.hansa.core.statistics.Survey;
import java.util.ArrayList;
import java.util.List;

/** The answer to a survey as one web page that stands alone, like {@link HtmlReport}. */
public final class SurveyReport {
    private SurveyReport() {}

    /**
     * The page.
     *
     * @param outcome with an answer
     * @param again   the command that asks again
     */
    public static String of(Survey survey, Outcome outcome, boolean simulated, String again, String version) {
        Answer answer = outcome.answer().orElseThrow();
        List<Tag> sections = new ArrayList<>();
        sections.add(head(survey, answer, simulated));
        int pictures = 0;
        for (OfColumn column : answer.columns()) {
            sections.add(column(column, ++pictures));
        }
        Tag notes = Tag.of("ul");
        SurveyText.notes(survey, answer).forEach(note -> notes.add(Tag.of("li", note)));
        sections.add(Tag.of("section").add(Tag.of("h2", "How to read it"), notes));
        if (!outcome.without().isEmpty()) {
            Table without = new Table("Asked and not counted", List.of("node", "why"));
            outcome.without().forEach((node, why) -> without.row(List.of(node, why)));
            sections.add(Tag.of("section").add(Tag.of("h2", "Without"), without.tag()));
        }
        sections.add(Tag.of("section").add(Tag.of("h2", "How to ask again"),
                Tag.of("pre").style("command").add(Tag.of("code", again)),
                Tag.of("p",
                        "Each answer costs: with noise, ε adds up; without, answers can be compared. Hansa " + version
                                + ", Java " + Runtime.version().feature() + ".")
                        .style("quiet")));
        return HtmlPage.of(survey.name() + " – Hansa", sections);
    }

    private static Tag head(Survey survey, Answer answer, boolean simulated) {
        boolean noisy = survey.question().noise().by() != By.NOBODY;
        Tag head = Tag.of("header").add(Tag.of("p", "Hansa · statistics over the rows of many owners").style("kicker"),
                Tag.of("h1", survey.name()),
                Tag.of("p", noisy
                        ? simulated ? "simulated: differentially private, if it had been asked"
                                : "differentially private"
                        : "not differentially private: no noise was added")
                        .style(noisy ? simulated ? "outcome" : "outcome good" : "outcome bad"));
        if (simulated) {
            head.add(
                    Tag.of("p", SurveyText.SIMULATED).style("note"));
        }
        Tag numbers = Tag.of("dl").style("numbers");
        number(numbers, "rows", SurveyText.rows(answer.rows().value()),
                answer.rows().error() == 0 ? "" : "± " + Format.number(answer.rows().error()));
        number(numbers, "nodes", String.valueOf(answer.clients()), "");
        survey.budget().ifPresent(budget -> {
            number(numbers, "ε", Amount.written(budget.epsilon()), "");
            number(numbers, "δ", Amount.written(budget.delta()), "");
        });
        return head.add(numbers);
    }

    private static void number(Tag numbers, String name, String value, String unit) {
        numbers.add(Tag.of("div").add(Tag.of("dt", name), Tag.of("dd", value)
                .add(unit.isEmpty() ? List.of() : List.of(Tag.of("small", unit)))));
    }

    private static Tag column(OfColumn column, int number) {
        Tag section = Tag.of("section").add(Tag.of("h2", column.name()));
        if (!column.values().isEmpty() || !column.quantiles().isEmpty()) {
            Table table = new Table("Over all rows" + (column.unit().isEmpty() ? "" : " [" + column.unit() + "]"),
                    List.of("what", "value", "error ±"));
            column.values().forEach(value -> table.row(List.of(value.name(), Format.number(value.estimate().value()),
                    SurveyText.error(value.estimate()))));
            column.quantiles().forEach(quantile -> table.row(List.of(SurveyText.name(quantile),
                    Format.number(quantile.value()),
                    Format.number(quantile.low()) + " to " + Format.number(quantile.high()))));
            section.add(table.tag());
        }
        if (!column.cells().isEmpty()) {
            section.add(new HistogramChart(column, number).figure());
        }
        if (column.leftOut().value() > 0) {
            section.add(Tag.of("p", SurveyText.rows(column.leftOut().value())
                    + " rows are in cells that are not told, for too few are there.").style("quiet"));
        }
        return section;
    }
}
