package dev.hansa.core.question;

import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.TableStatistics;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the clients of a private run are asked, once, so that its numbers can be standardised: of each number column the place of
 * a value between its bounds, from -½ to ½, and the square of twice that, less ½, also from -½ to ½.
 *
 * <p>One participant is a client, of whose rows the mean is told, so that each client counts the same; or a row, of which the
 * sum is told. What one participant adds to all of the answer is a vector whose squares come to ½ a column at most: with
 * u = 2 · place there are (u/2)² + (u² - ½)² = ¼ - ¾u² + u⁴ of a column, and u² is at most 1. That is known without a look at any
 * row, and all columns together are one release of Gaussian noise.
 *
 * @param bounds by name of the number columns, the label among them if it is one; at least one
 * @param ofRows whether one participant is a row; else it is a client as a whole
 * @param noise  the noise multiplier: the deviation of the noise divided by {@link #norm}; greater than 0
 * @param own    whether each client adds the noise to its own answer; else the coordinator does, once, to the sum
 */
public record Standardising(SortedMap<String, Bounds> bounds, boolean ofRows, double noise, boolean own) {
    /** Answers are whole numbers in units of 2⁻²⁰ participants. */
    public static final long ONE = 1L << 20;
    /** The largest deviation of noise that is drawn, in units. */
    private static final double MOST_DEVIATION = 0x1p39;

    public Standardising {
        bounds = Collections.unmodifiableSortedMap(new TreeMap<>(bounds));
        if (bounds.isEmpty()) {
            throw new IllegalArgumentException("no column has bounds, expected at least one");
        }
        if (!(noise > 0) || noise * norm(bounds.size()) > MOST_DEVIATION) {
            throw new IllegalArgumentException("the noise multiplier of the statistics is " + noise
                    + ", expected a number greater than 0, at most " + MOST_DEVIATION / norm(bounds.size())
                    + ": more drowns everything; a larger epsilon, or fewer columns, takes less");
        }
    }

    /** @throws IllegalArgumentException if there are bounds of other columns than the schema's numbers */
    public void check(Schema schema) {
        if (!bounds.keySet().equals(TableStatistics.numberColumns(schema))) {
            throw new IllegalArgumentException("there are bounds of the columns " + bounds.keySet()
                    + ", expected those of the numbers " + TableStatistics.numberColumns(schema));
        }
    }

    /** How many numbers an answer has: of each column, in the order of their names, those of the places and of the squares. */
    public int numbers() {
        return 2 * bounds.size();
    }

    /**
     * How far one participant moves an answer at most in L2, in units: rounding, of each row and of a mean, moves each number by
     * one at most.
     */
    public double norm() {
        return norm(bounds.size());
    }

    private static double norm(int columns) {
        return ONE * Math.sqrt(columns / 2.0) + Math.sqrt(2.0 * columns);
    }

    /** The standard deviation of the noise in each number, in units. */
    public double deviation() {
        return noise * norm();
    }
}
