package dev.hansa.core.model;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** How many rows of each class were taken for each class. */
public final class ConfusionMatrix {
    private static final SumFamily FAMILY = new SumFamily("confusion");
    private static final String CATEGORY = "[0-9]{3}";

    private ConfusionMatrix() {}

    /** The name of the sum of the rows of one class that were taken for another. */
    public static String name(int label, int predicted) {
        return FAMILY.name(label, String.format(Locale.ROOT, "%03d", predicted));
    }

    /** The sums that are counts of the matrix. */
    static Map<String, Double> of(Sums sums) {
        Map<String, Double> counts = new HashMap<>();
        sums.values().forEach((name, value) -> {
            if (name.startsWith("confusion.")) {
                counts.put(name, value);
            }
        });
        return counts;
    }

    /** Whether the matrix is told and agrees with the counts of the classes; without a matrix it does. */
    static boolean isSound(Sums sums) {
        if (!FAMILY.isIn(sums)) {
            return true;
        }
        if (!FAMILY.isSound(sums, CATEGORY, "")) {
            return false;
        }
        Map<Integer, Double> rows = new HashMap<>();
        Map<Integer, Double> predicted = new HashMap<>();
        Map<Integer, Double> correct = new HashMap<>();
        of(sums).forEach((name, count) -> {
            int label = Integer.parseInt(name.substring(10, 13));
            int taken = Integer.parseInt(name.substring(14));
            rows.merge(label, count, Double::sum);
            predicted.merge(taken, count, Double::sum);
            if (label == taken) {
                correct.put(label, count);
            }
        });
        return SumFamily.total(new TreeMap<>(rows)) == sums.get(Sums.EXAMPLES)
                && SumFamily.total(new TreeMap<>(correct)) == sums.get(Sums.CORRECT)
                && ClassCounts.of(sums).filter(counts -> agree(rows, counts::rowsOf)
                        && agree(predicted, counts::predictedAs) && agree(correct, counts::correctOf)).isPresent();
    }

    private static boolean agree(Map<Integer, Double> found, IntToDoubleFunction expected) {
        return found.entrySet().stream().allMatch(entry -> entry.getValue() == expected.applyAsDouble(entry.getKey()));
    }
}
