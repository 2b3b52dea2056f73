package dev.hansa.core.model;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a person reads about a model: {@code examples}, {@code loss} and, by kind of label, {@code rmse}, {@code mae},
 * {@code r2} (regression; in the label's unit) or {@code accuracy} (classification; 0 to 1).
 */
public record Metrics(SortedMap<String, Double> values) {
    public static final String EXAMPLES = "examples";
    public static final String LOSS = "loss";
    public static final String RMSE = "rmse";
    public static final String MAE = "mae";
    public static final String R2 = "r2";
    public static final String ACCURACY = "accuracy";

    /** Nothing was measured. */
    public static final Metrics NONE = new Metrics(Collections.emptySortedMap());

    public Metrics {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Derives what the sums allow; without examples {@link #NONE}. */
    public static Metrics of(Sums sums) {
        double examples = sums.get(Sums.EXAMPLES);
        if (examples == 0) {
            return NONE;
        }
        SortedMap<String, Double> values = new TreeMap<>();
        values.put(EXAMPLES, examples);
        if (sums.values().containsKey(Sums.LOSS)) {
            values.put(LOSS, sums.get(Sums.LOSS) / examples);
        }
        if (sums.values().containsKey(Sums.CORRECT)) {
            values.put(ACCURACY, sums.get(Sums.CORRECT) / examples);
        }
        if (sums.values().containsKey(Sums.SQUARED_ERROR)) {
            values.put(RMSE, Math.sqrt(sums.get(Sums.SQUARED_ERROR) / examples));
            values.put(MAE, sums.get(Sums.ABSOLUTE_ERROR) / examples);
            double total = sums.get(Sums.LABEL_SQUARED) - sums.get(Sums.LABEL) * sums.get(Sums.LABEL) / examples;
            if (total > 1e-13 * sums.get(Sums.LABEL_SQUARED)) { // otherwise the labels are all the same
                values.put(R2, 1 - sums.get(Sums.SQUARED_ERROR) / total);
            }
        }
        return new Metrics(values);
    }

    /** The metric of that name, if it was measured. */
    public OptionalDouble get(String name) {
        Double value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Whether a smaller value of the metric is the better one. */
    public static boolean smallerIsBetter(String name) {
        return switch (name) {
            case LOSS, RMSE, MAE -> true;
            case R2, ACCURACY, EXAMPLES -> false;
            default -> throw new IllegalArgumentException("no metric is called " + name);
        };
    }
}
