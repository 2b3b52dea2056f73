package dev.hansa.core.statistics;

import dev.hansa.core.question.Asked;

import dev.hansa.core.statistics.Answer.Estimate;
import dev.hansa.core.statistics.Answer.Quantile;
import java.util.List;
import java.util.stream.Collectors;

/** Where quantiles lie, by how many rows are in cells. */
final class Quantiles {
    /** Standard errors of a rank to either side. */
    private static final double WIDE = 2;

    private final Asked.Numbers asked;
    private final double rows;
    private final double fewest;
    /** By edge: rows below, as best known, at least and at most. */
    private final double[] below;
    private final double[] atLeast;
    private final double[] atMost;

    /**
     * @param cells  rows by cell; without noise some may be left out of them
     * @param fewest rows that are on both sides of a quantile that is told
     */
    Quantiles(Asked.Numbers asked, Estimate rows, List<Estimate> cells, boolean noisy, int fewest) {
        this.asked = asked;
        this.rows = rows.value();
        this.fewest = fewest;
        int last = cells.size();
        this.below = new double[last + 1];
        this.atLeast = new double[last + 1];
        this.atMost = new double[last + 1];
        double seen = 0;
        for (int edge = 1; edge <= last; edge++) {
            seen += cells.get(edge - 1).value();
            below[edge] = seen;
        }
        double leftOut = noisy ? 0 : rows.value() - seen;
        double above = 0;
        for (int edge = last; edge >= 0; edge--) {
            if (noisy) {
                // From the nearer end: fewer cells, less noise.
                double error = cells.get(0).error();
                double up = error * Math.sqrt(edge);
                double down = Math.hypot(rows.error(), error * Math.sqrt(last - edge));
                below[edge] = up <= down ? below[edge] : rows.value() - above;
                double slack = WIDE * Math.hypot(Math.min(up, down), rows.error());
                atLeast[edge] = below[edge] - slack;
                atMost[edge] = below[edge] + slack;
            } else {
                atLeast[edge] = below[edge];
                atMost[edge] = below[edge] + leftOut;
                below[edge] = seen == 0 ? rows.value() * edge / last : below[edge] * rows.value() / seen;
            }
            above += edge > 0 ? cells.get(edge - 1).value() : 0;
        }
    }

    /** Those of them that are told. */
    List<Quantile> of(List<Double> parts) {
        return parts.stream().filter(part -> Math.min(part, 1 - part) * rows >= fewest).map(this::of)
                .collect(Collectors.toList());
    }

    private Quantile of(double part) {
        double rank = part * rows;
        double low = asked.edge(first(atMost, rank) - 1);
        double high = asked.edge(first(atLeast, rank));
        int upper = first(below, rank);
        double inside = below[upper] - below[upper - 1];
        double share = inside > 0 ? Math.min(1, Math.max(0, (rank - below[upper - 1]) / inside)) : 1;
        double value = asked.edge(upper - 1) + share * (asked.edge(upper) - asked.edge(upper - 1));
        return new Quantile(part, Math.min(high, Math.max(low, value)), low, high);
    }

    /** The first edge but the lowest with so many rows below, or the last. */
    private static int first(double[] counts, double rank) {
        for (int edge = 1; edge < counts.length; edge++) {
            if (counts[edge] >= rank) {
                return edge;
            }
        }
        return counts.length - 1;
    }
}
