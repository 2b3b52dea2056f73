package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Groups of horizontal bars, one group for each model of a comparison, as SVG. */
final class BarChart {
    private static final int WIDTH = 640;
    private static final int RIGHT = 60;
    private static final int BAR = 15;
    private static final int GAP = 14;
    private static final double CHARACTER = 8;

    private final Comparison comparison;
    private final Axis axis;
    /** Where bars begin: the names of the models stand before them. */
    private final int left;

    BarChart(Comparison comparison) {
        this.comparison = comparison;
        double most = comparison.rows().stream().flatMap(row -> row.values().stream()).filter(Double::isFinite)
                .mapToDouble(Double::doubleValue).max().orElse(1);
        this.axis = Axis.even(0, most, 5);
        int longest = comparison.rows().stream().mapToInt(row -> row.model().length()).max().orElse(0);
        this.left = (int) Math.min(WIDTH / 2.0, 20 + CHARACTER * longest);
    }

    Tag figure() {
        return Tag.of("figure").add(Tag.of("figcaption", comparison.caption()), legend(), svg());
    }

    private Tag legend() {
        Tag legend = Tag.of("p").style("legend").attribute("aria-hidden", "true");
        for (int i = 0; i < comparison.measures().size(); i++) {
            legend.add(Tag.of("span").add(
                    Tag.of("svg").attribute("viewBox", "0 0 12 12").style("key").add(Tag.of("rect")
                            .attribute("width", 12).attribute("height", 12).style("bar b" + i)),
                    Tag.of("span", comparison.measures().get(i))));
        }
        return legend;
    }

    private Tag svg() {
        int group = comparison.measures().size() * BAR + GAP;
        int height = comparison.rows().size() * group + 34;
        Tag svg = Tag.of("svg").attribute("viewBox", "0 0 " + WIDTH + " " + height).attribute("role", "img")
                .attribute("aria-labelledby", "comparison-title comparison-desc").style("chart");
        svg.add(Tag.of("title", comparison.caption()).attribute("id", "comparison-title"),
                Tag.of("desc", description()).attribute("id", "comparison-desc"));
        int bottom = height - 30;
        for (double tick : axis.ticks()) {
            svg.add(Tag.of("path").attribute("d", "M" + Tag.decimal(xOf(tick)) + " 0V" + bottom).style("grid"),
                    Tag.of("text", axis.label(tick)).attribute("x", xOf(tick)).attribute("y", bottom + 18)
                            .attribute("text-anchor", "middle"));
        }
        if (!comparison.unit().isEmpty()) {
            svg.add(Tag.of("text", comparison.unit()).attribute("x", 4).attribute("y", bottom + 18));
        }
        for (int r = 0; r < comparison.rows().size(); r++) {
            svg.add(group(comparison.rows().get(r), r * group + GAP / 2));
        }
        return svg;
    }

    private String description() {
        return comparison.rows().stream()
                .map(row -> row.model() + ": "
                        + row.values().stream().map(Format::number).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; ", String.join(", ", comparison.measures()) + ". ", "."));
    }

    private List<Tag> group(Comparison.Row row, int top) {
        List<Tag> tags = new ArrayList<>();
        int count = row.values().size();
        tags.add(Tag.of("text", row.model()).attribute("x", left - 10).attribute("y", top + count * BAR / 2.0 + 4)
                .attribute("text-anchor", "end").style(row.ofThisRun() ? "name this" : "name"));
        for (int i = 0; i < count; i++) {
            double value = row.values().get(i);
            double end = Double.isFinite(value) ? xOf(value) : xOf(axis.low());
            tags.add(Tag.of("rect").attribute("x", left).attribute("y", top + i * BAR + 1)
                    .attribute("width", Math.max(0, end - left)).attribute("height", BAR - 2).style("bar b" + i)
                    .add(Tag.of("title", row.model() + ", " + comparison.measures().get(i) + ": "
                            + Format.number(value))));
            tags.add(Tag.of("text", Format.number(value)).attribute("x", end + 5).attribute("y", top + i * BAR + 12));
        }
        return tags;
    }

    private double xOf(double value) {
        return left + axis.position(value) * (WIDTH - left - RIGHT);
    }
}
