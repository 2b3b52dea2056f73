package dev.hansa.core.model;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows of two classes, counted in bins of equal width by the probability of the second class. From it the area under the
 * ROC curve: the probability that a row of the second class has a higher score than one of the first.
 */
public final class ScoreHistogram {
    /** Part of the names of sums: rows of the second class. */
    public static final String POSITIVE = "positive";
    /** Rows of the first class. */
    public static final String NEGATIVE = "negative";

    private static final SumFamily FAMILY = new SumFamily("score");

    private final SortedMap<Integer, Double> positives;
    private final SortedMap<Integer, Double> negatives;

    private ScoreHistogram(Sums sums) {
        this.positives = FAMILY.part(sums, POSITIVE);
        this.negatives = FAMILY.part(sums, NEGATIVE);
    }

    /** The name of the sum. */
    public static String name(int bin, String part) {
        return FAMILY.name(bin, part);
    }

    /** That among the sums, if there is one. */
    static Optional<ScoreHistogram> of(Sums sums) {
        return FAMILY.isIn(sums) ? Optional.of(new ScoreHistogram(sums)) : Optional.empty();
    }

    double rows() {
        return SumFamily.total(positives) + SumFamily.total(negatives);
    }

    /** Whether both classes have rows, so that there is an area. */
    boolean hasBoth() {
        return SumFamily.total(positives) > 0 && SumFamily.total(negatives) > 0;
    }

    /**
     * The area if two rows in a bin were equal, {@code Σ_b P_b (N_<b + N_b / 2) / (P N)}; the area of the scores themselves
     * lies within {@link #error} of it.
     */
    double area() {
        double below = 0;
        double pairs = 0;
        for (int bin : bins()) {
            pairs += count(positives, bin) * (below + count(negatives, bin) / 2);
            below += count(negatives, bin);
        }
        return pairs / allPairs();
    }

    /** How far the area can be from that of the scores themselves: {@code Σ_b P_b N_b / (2 P N)}, a tight bound. */
    double error() {
        return bins().stream().mapToDouble(bin -> count(positives, bin) * count(negatives, bin)).sum()
                / (2 * allPairs());
    }

    private double allPairs() {
        return SumFamily.total(positives) * SumFamily.total(negatives);
    }

    private SortedSet<Integer> bins() {
        SortedSet<Integer> bins = new TreeSet<>(positives.keySet());
        bins.addAll(negatives.keySet());
        return bins;
    }

    private static double count(SortedMap<Integer, Double> part, int bin) {
        return part.getOrDefault(bin, 0.0);
    }

    /** Whether a client with these sums can have counted so. */
    static boolean isSound(Sums sums) {
        if (!FAMILY.isIn(sums)) {
            return true;
        }
        ScoreHistogram counts = new ScoreHistogram(sums);
        return FAMILY.isSound(sums, POSITIVE + "|" + NEGATIVE, "") && counts.rows() == sums.get(Sums.EXAMPLES)
                && !ClassCounts.of(sums).filter(classes -> classes.rowsOf(1) != SumFamily.total(counts.positives))
                        .isPresent();
    }
}
