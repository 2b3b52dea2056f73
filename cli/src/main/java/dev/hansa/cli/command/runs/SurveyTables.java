package dev.hansa.cli.command.runs;

import dev.hansa.cli.io.TextTable;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.report.SurveyText;
import dev.hansa.core.statistics.Answer;
import dev.hansa.core.statistics.Answer.OfColumn;
import java.util.ArrayList;
import java.util.List;

/** The answer to a survey as tables of text. */
public final class SurveyTables {

    private SurveyTables() {}

    /** One of values, and one for each column whose cells are told. */
    public static List<String> of(Answer answer) {
        List<String> lines = new ArrayList<>();
        TextTable values = new TextTable("COLUMN", "WHAT", "VALUE", "ERROR ±", "UNIT");
        values.row("", "rows", SurveyText.rows(answer.rows().value()), SurveyText.error(answer.rows()), "");
        for (OfColumn column : answer.columns()) {
            column.values().forEach(value -> values.row(column.name(), value.name(),
                    Format.number(value.estimate().value()), SurveyText.error(value.estimate()),
                    SurveyText.unit(column, value.name())));
            column.quantiles().forEach(quantile -> values.row(column.name(), SurveyText.name(quantile),
                    Format.number(quantile.value()),
                    Format.number(quantile.low()) + " to " + Format.number(quantile.high()), column.unit()));
        }
        lines.addAll(values.lines());
        answer.columns().stream().filter(column -> !column.cells().isEmpty()).forEach(column -> {
            lines.add("");
            lines.addAll(cells(column));
        });
        return lines;
    }

    private static List<String> cells(OfColumn column) {
        TextTable cells = new TextTable(column.name(), "ROWS", "ERROR ±");
        column.cells().forEach(cell -> cells.row(cell.name(), SurveyText.rows(cell),
                cell.rows().map(SurveyText::error).orElse("")));
        if (column.leftOut().value() > 0) {
            cells.row("in cells not told", SurveyText.rows(column.leftOut().value()), "");
        }
        return cells.lines();
    }
}
