package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.core.model.Metrics;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Each node's model on each node's held-out rows, as a heat map: the deeper the colour, the better. */
final class CrossSiteSection {

    private CrossSiteSection() {}

    /** Of a run that has such a matrix. */
    static Tag of(RunResult result) {
        SortedMap<String, SortedMap<String, Metrics>> rows = result.closing().crossSite();
        String metric = Headline.metric(result.spec());
        SortedSet<String> columns = new TreeSet<>();
        rows.values().forEach(row -> columns.addAll(row.keySet()));
        DoubleSummaryStatistics range = new DoubleSummaryStatistics();
        rows.values().forEach(row -> row.values().forEach(cell -> cell.get(metric).ifPresent(range)));
        List<String> header = new ArrayList<>(List.of("trained by"));
        columns.forEach(node -> header.add("at " + node));
        Table table =
                new Table("Held-out " + Headline.name(metric) + " of the model that the node of the row trained after"
                        + " the last round, on the rows of the node of the column", header);
        rows.forEach((node, row) -> table.heat(node, columns.stream()
                .map(on -> cell(row.getOrDefault(on, Metrics.NONE).get(metric), metric, range)).toList()));
        return Tag.of("section").add(Tag.of("h2", "Each node's model at each node"), table.tag(),
                Tag.of("p",
                        "The deeper the colour, the better. A row that is good everywhere comes of rows that are like"
                                + " everybody's; a column that only its own model serves well is of a node that differs. A row"
                                + " without values: the node was not there, or its owner shows its model to nobody.")
                        .style("quiet"));
    }

    private static Tag cell(OptionalDouble value, String metric, DoubleSummaryStatistics range) {
        Tag cell = Tag.of("td", Format.number(value)).style("heat right");
        double width = range.getMax() - range.getMin();
        if (value.isEmpty() || !(width > 0) || Double.isInfinite(width)) {
            return cell;
        }
        double place = (value.getAsDouble() - range.getMin()) / width;
        double good = Metrics.smallerIsBetter(metric) ? 1 - place : place;
        return cell.attribute("style", "--share: " + Tag.decimal(100 * good) + "%");
    }
}
