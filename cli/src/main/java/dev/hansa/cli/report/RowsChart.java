package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How rows and classes are spread over clients, as SVG: a bar for each client, a colour for each class. */
final class RowsChart {
    private static final int WIDTH = 1020;
    private static final int HEIGHT = 250;
    private static final int LEFT = 56;
    private static final int RIGHT = 14;
    private static final int TOP = 14;
    private static final int BOTTOM = 30;
    /** Of more, every nth is drawn. */
    private static final int MOST_BARS = 200;
    /** As many as the style sheet has; what is left is drawn as one. */
    private static final int COLOURS = 10;

    private final SimulatedFleet fleet;
    private final List<String> clients = new ArrayList<>();
    private final Axis y;

    RowsChart(SimulatedFleet fleet) {
        this.fleet = fleet;
        List<String> all = List.copyOf(fleet.rows().keySet());
        int step = (all.size() + MOST_BARS - 1) / MOST_BARS;
        for (int i = 0; i < all.size(); i += step) {
            clients.add(all.get(i));
        }
        this.y = Axis.even(0, clients.stream().mapToInt(this::rows).max().orElse(1), 5);
    }

    private int rows(String client) {
        return Arrays.stream(fleet.rows().getOrDefault(client, new int[1])).sum();
    }

    Tag figure() {
        int all = fleet.rows().size();
        return Tag.of("figure").style("wide").add(
                Tag.of("figcaption", "Rows of each client" + (fleet.classes().isEmpty() ? "" : ", by class")
                        + (clients.size() < all ? " (" + clients.size() + " of " + all + ", evenly picked)" : "")),
                legend(), Tag.of("div").style("scroll").add(svg()));
    }

    private Tag legend() {
        Tag legend = Tag.of("p").style("legend").attribute("aria-hidden", "true");
        for (int c = 0; c < Math.min(COLOURS, fleet.classes().size()); c++) {
            boolean others = c == COLOURS - 1 && fleet.classes().size() > COLOURS;
            legend.add(Tag.of("span").add(
                    Tag.of("svg").attribute("viewBox", "0 0 12 12").style("key").add(Tag.of("rect")
                            .attribute("width", 12).attribute("height", 12).style("part c" + c)),
                    Tag.of("span", others ? fleet.classes().size() - c + " others" : fleet.classes().get(c))));
        }
        return legend;
    }

    private Tag svg() {
        Tag svg = Tag.of("svg").attribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT).attribute("role", "img")
                .attribute("aria-labelledby", "rows-title rows-desc").style("chart");
        svg.add(Tag.of("title", "Rows of each client").attribute("id", "rows-title"),
                Tag.of("desc", description()).attribute("id", "rows-desc"));
        for (double tick : y.ticks()) {
            svg.add(Tag.of("path").attribute("d", "M" + LEFT + " " + Tag.decimal(yOf(tick)) + "H" + (WIDTH - RIGHT))
                    .style("grid"),
                    Tag.of("text", y.label(tick)).attribute("x", LEFT - 8).attribute("y", yOf(tick) + 4)
                            .attribute("text-anchor", "end"));
        }
        for (int i = 0; i < clients.size(); i++) {
            svg.add(bar(clients.get(i), i));
        }
        return svg.add(name(clients.getFirst(), LEFT, "start"), name(clients.getLast(), WIDTH - RIGHT, "end"));
    }

    private static Tag name(String client, int x, String anchor) {
        return Tag.of("text", client).attribute("x", x).attribute("y", HEIGHT - BOTTOM + 20)
                .attribute("text-anchor", anchor);
    }

    private String description() {
        int[] sizes = fleet.rows().values().stream().mapToInt(rows -> Arrays.stream(rows).sum()).sorted().toArray();
        return Format.count(sizes.length, "client") + "; rows of the smallest " + sizes[0] + ", of the median "
                + sizes[sizes.length / 2] + ", of the largest " + sizes[sizes.length - 1] + ".";
    }

    private Tag bar(String client, int index) {
        double width = (double) (WIDTH - LEFT - RIGHT) / clients.size();
        int[] rows = fleet.rows().getOrDefault(client, new int[1]);
        Tag bar = Tag.of("g").add(Tag.of("title", client + ": " + Format.count(rows(client), "row") + classes(rows)));
        double below = 0;
        for (int c = 0; c < rows.length; c++) {
            if (rows[c] > 0) {
                bar.add(Tag.of("rect").attribute("x", LEFT + index * width).attribute("y", yOf(below + rows[c]))
                        .attribute("width", Math.max(0.5, width * 0.9))
                        .attribute("height", yOf(below) - yOf(below + rows[c]))
                        .style("part c" + Math.min(c, COLOURS - 1)));
                below += rows[c];
            }
        }
        return bar;
    }

    private String classes(int[] rows) {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < fleet.classes().size(); c++) {
            text.append(rows[c] > 0 ? (text.isEmpty() ? " (" : ", ") + fleet.classes().get(c) + " " + rows[c] : "");
        }
        return text.isEmpty() ? "" : text.append(')').toString();
    }

    private double yOf(double value) {
        return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - TOP - BOTTOM);
    }
}
