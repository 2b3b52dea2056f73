package dev.hansa.cli.report;

import java.util.List;

/**
 * One line of a chart.
 *
 * @param style the CSS class that gives its colour, width and dashes
 */
record Series(String name, String style, List<Point> points) {
    /** The style of lines that look the same. */
    static final String MANY = "many";

    Series {
        points = points.stream().filter(point -> Double.isFinite(point.y())).toList();
    }

    /** Whether it cannot be told from others, of which the first has the name for all. */
    boolean isOneOfMany() {
        return style.equals(MANY);
    }

    record Point(double x, double y) {}
}
