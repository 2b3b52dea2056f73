package dev.hansa.core.statistics;

import java.util.List;
import java.util.Optional;

/**
 * What is published of a survey.
 *
 * @param clients how many answered
 * @param rows    of all of them
 * @param columns in the order of the question
 */
public record Answer(int clients, Estimate rows, List<OfColumn> columns) {
    public Answer {
        columns = List.copyOf(columns);
    }

    /**
     * A number.
     *
     * @param value with noise it may be what no data can give, such as a count below 0: so it is right on average
     * @param error the standard error that noise makes: about two of three values are no farther from what they would be
     *              without noise; 0 without noise
     */
    public record Estimate(double value, double error) {}

    /**
     * Of one column.
     *
     * @param values    by what they are: sum, mean, variance, deviation
     * @param cells     of the histogram, or the categories
     * @param leftOut   rows that are in none of the cells that are told, because too few are there
     * @param quantiles those that enough rows are on both sides of
     */
    public record OfColumn(String name, String unit, List<Named> values, List<Cell> cells, Estimate leftOut,
            List<Quantile> quantiles) {
        public OfColumn {
            values = List.copyOf(values);
            cells = List.copyOf(cells);
            quantiles = List.copyOf(quantiles);
        }
    }

    /** A number by its name. */
    public record Named(String name, Estimate estimate) {}

    /**
     * How many rows are there.
     *
     * @param name of the category, or both edges
     * @param rows those that clients have told; empty if too few are there to be told, or clients have told none and some
     *             may have left theirs out
     * @param leftOutBy so many clients, at most, have rows there and told none, for they are few: there may be more than
     *                  {@code rows}. 0 with noise, where nobody leaves any out, and where clients have told of rows that
     *                  are too few to be told: there it would tell how many clients that were
     */
    public record Cell(String name, Optional<Estimate> rows, int leftOutBy) {
        /** Nobody has left any out. */
        public Cell(String name, Optional<Estimate> rows) {
            this(name, rows, 0);
        }
    }

    /**
     * Below which a part of the rows lies.
     *
     * @param part  above 0 and below 1
     * @param value interpolated within a cell
     * @param low   the lower edge of the cells in which it lies: for sure without noise, with it as far as twice the standard
     *              error of the rank goes
     * @param high  the upper edge of these cells
     */
    public record Quantile(double part, double value, double low, double high) {}
}
