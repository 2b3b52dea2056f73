package dev.hansa.core.statistics;

import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody wants to know of the rows of many owners: the question that clients are asked, and what is made of their answers.
 *
 * @param name     of the survey
 * @param purpose  for people, above all the data owners; may be empty
 * @param data     whose columns the question is about; no row is held out, nothing is standardised
 * @param wanted   by column of the question
 * @param minimum  below which nothing is published
 * @param budget   within which the noise keeps; empty without noise
 * @param deadline until when answers are waited for
 */
public record Survey(String name, String purpose, DataSpec data, Question question, List<Wanted> wanted,
        Minimum minimum, Optional<Budget> budget, Duration deadline) {

    public Survey {
        question.check(data.schema());
        wanted = List.copyOf(wanted);
        if (wanted.size() != question.columns().size()) {
            throw new IllegalArgumentException("something is wanted of " + wanted.size() + " columns, and asked of "
                    + question.columns().size());
        }
        if (!(data.holdOut() instanceof HoldOut.None) || data.standardise()) {
            throw new IllegalArgumentException("statistics are over all rows as they are, expected no row held out");
        }
    }

    /** It does not say what it is for. */
    public Survey(String name, DataSpec data, Question question, List<Wanted> wanted, Minimum minimum,
            Optional<Budget> budget, Duration deadline) {
        this(name, "", data, question, wanted, minimum, budget, deadline);
    }

    /** The deviation of the noise on the number of all rows of so many clients, in rows; 0 without noise. */
    public double deviationOfRows(int clients) {
        Noise noise = question.noise();
        return noise.by() == By.NOBODY ? 0
                : new GridNoise(question.parts().get(0), noise).deviation()
                        * Math.sqrt(noise.by() == By.CLIENTS ? clients : 1);
    }

    /** What is told of a column of numbers. */
    public enum Measure {
        SUM,
        MEAN,
        /** And its root, the standard deviation; over all rows, divided by their number. */
        VARIANCE,
        HISTOGRAM
    }

    /** @param quantiles each above 0 and below 1 */
    public record Wanted(Set<Measure> measures, List<Double> quantiles) {
        public Wanted {
            measures = Collections.unmodifiableSet(new TreeSet<>(measures));
            quantiles = List.copyOf(quantiles);
        }
    }

    /**
     * @param clients that must have answered
     * @param rows    over which nothing is told if there are fewer
     * @param cell    the fewest rows of a cell that is told without noise
     */
    public record Minimum(int clients, int rows, int cell) {
        public Minimum {
            if (clients < 1 || rows < Question.FEWEST_ROWS || cell < Question.FEWEST_ROWS) {
                throw new IllegalArgumentException("minimum is of " + clients + " clients, " + rows + " rows, " + cell
                        + " a cell; expected at least 1, " + Question.FEWEST_ROWS + " and " + Question.FEWEST_ROWS);
            }
        }
    }

    /** All parts of the answer together are (ε, δ)-differentially private. */
    public record Budget(double epsilon, double delta) {}
}
