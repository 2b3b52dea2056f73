package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import java.util.ArrayList;
import java.util.List;

/** The run's model beside others: bars and the same numbers as a table. */
final class ComparisonSection {

    private ComparisonSection() {}

    static Tag of(Comparison comparison) {
        List<String> columns = new ArrayList<>(List.of("model trained by"));
        columns.addAll(comparison.measures());
        columns.add("R²");
        Table table = new Table(comparison.caption(), columns);
        for (Comparison.Row row : comparison.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.model()));
            row.values().forEach(value -> cells.add(Format.number(value)));
            cells.add(Format.number(row.r2()));
            table.row(row.ofThisRun() ? "this" : "", cells);
        }
        return Tag.of("section").add(Tag.of("h2", "What working together gained"), new BarChart(comparison).figure(),
                table.tag());
    }
}
