package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.core.statistics.Answer.Cell;
import dev.hansa.core.statistics.Answer.Estimate;
import dev.hansa.core.statistics.Answer.OfColumn;
import java.util.List;
import java.util.stream.Collectors;

/** Rows by cell as horizontal bars with their errors, as SVG. */
final class HistogramChart {
    private static final int WIDTH = 640;
    private static final int RIGHT = 90;
    private static final int BOTTOM = 34;
    private static final double CHARACTER = 7.2;
    /** With more cells bars are thin, and few have their names. */
    private static final int NAMED = 40;

    private final OfColumn column;
    private final List<Cell> cells;
    private final Axis axis;
    private final int left;
    private final int bar;
    private final String id;

    /** @param number of the picture on its page */
    HistogramChart(OfColumn column, int number) {
        this.column = column;
        this.cells = column.cells();
        double most = cells.stream().flatMap(cell -> cell.rows().stream())
                .mapToDouble(rows -> rows.value() + rows.error()).max().orElse(1);
        double least = cells.stream().flatMap(cell -> cell.rows().stream())
                .mapToDouble(rows -> rows.value() - rows.error()).min().orElse(0);
        this.axis = Axis.even(Math.min(0, least), Math.max(1, most), 6);
        int longest = cells.stream().mapToInt(cell -> cell.name().length()).max().orElse(0);
        this.left = (int) Math.min(WIDTH / 2.5, 20 + CHARACTER * longest);
        this.bar = cells.size() <= NAMED ? 18 : 4;
        this.id = "cells-" + number;
    }

    Tag figure() {
        String title = "Rows by " + column.name() + (column.unit().isEmpty() ? "" : " [" + column.unit() + "]");
        int height = cells.size() * bar + BOTTOM;
        Tag svg = Tag.of("svg").attribute("viewBox", "0 0 " + WIDTH + " " + height).attribute("role", "img")
                .attribute("aria-labelledby", id + "-title " + id + "-desc").style("chart");
        svg.add(Tag.of("title", title).attribute("id", id + "-title"),
                Tag.of("desc", description()).attribute("id", id + "-desc"));
        int bottom = height - BOTTOM + 4;
        for (double tick : axis.ticks()) {
            svg.add(line("M" + Tag.decimal(xOf(tick)) + " 0V" + bottom, "grid"),
                    Tag.of("text", axis.label(tick)).attribute("x", xOf(tick)).attribute("y", bottom + 18)
                            .attribute("text-anchor", "middle"));
        }
        int every = Math.max(1, (18 + bar - 1) / bar);
        for (int i = 0; i < cells.size(); i++) {
            svg.add(row(cells.get(i), i * bar, i % every == 0));
        }
        return Tag.of("figure").add(Tag.of("figcaption", title), svg);
    }

    private String description() {
        return cells.stream().map(cell -> cell.name() + ": " + text(cell)).collect(Collectors.joining("; ", "", "."));
    }

    private static String text(Cell cell) {
        return cell.rows().isEmpty() && cell.leftOutBy() == 0 ? "too few to be told"
                : SurveyText.rows(cell) + cell.rows().filter(rows -> rows.error() > 0)
                        .map(rows -> " ± " + Format.number(rows.error())).orElse("");
    }

    private Tag row(Cell cell, double top, boolean named) {
        Tag row = Tag.of("g").add(Tag.of("title", cell.name() + ": " + text(cell)));
        if (named) {
            row.add(Tag.of("text", cell.name()).attribute("x", left - 10).attribute("y", top + 13)
                    .attribute("text-anchor", "end").style("name"));
        }
        if (cell.rows().isEmpty()) {
            return cells.size() > NAMED ? row
                    : row.add(
                            Tag.of("text", SurveyText.rows(cell)).attribute("x", xOf(0) + 5).attribute("y", top + 13));
        }
        Estimate rows = cell.rows().get();
        double zero = xOf(0);
        double end = xOf(rows.value());
        double gap = bar > 8 ? 2 : 0.5;
        row.add(Tag.of("rect").attribute("x", Math.min(zero, end)).attribute("y", top + gap)
                .attribute("width", Math.abs(end - zero)).attribute("height", bar - 2 * gap).style("bar b1"));
        if (rows.error() > 0) {
            row.add(line("M" + Tag.decimal(xOf(rows.value() - rows.error())) + " " + Tag.decimal(top + bar / 2.0) + "H"
                    + Tag.decimal(xOf(rows.value() + rows.error())), "axis"));
        }
        if (cells.size() <= NAMED) {
            row.add(Tag.of("text", SurveyText.rows(cell))
                    .attribute("x", Math.max(zero, xOf(rows.value() + rows.error())) + 5).attribute("y", top + 13));
        }
        return row;
    }

    private static Tag line(String path, String style) {
        return Tag.of("path").attribute("d", path).style(style);
    }

    private double xOf(double value) {
        return left + axis.position(value) * (WIDTH - left - RIGHT);
    }
}
