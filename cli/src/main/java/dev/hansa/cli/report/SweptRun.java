package dev.hansa.cli.report;

import dev.hansa.core.model.Metrics;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a sweep's report needs of one of its runs.
 *
 * @param ending  {@code finished}, {@code stopped} or {@code failed}
 * @param reason  why it ended
 * @param seconds that it took
 * @param curves  over all clients, by metric with its phase ({@code evaluation.accuracy}, {@code central.accuracy},
 *                {@code training.loss}) and round; those of {@link Sweep#metrics}
 * @param clients how they fared
 * @param folder  of its own results, from the report's
 * @param promise what belongs to its epsilon: delta, mechanism and unit; empty if it promises nothing
 * @param littleLearned of a private run whose model has learnt next to nothing, that in words
 */
public record SweptRun(long seed, String ending, String reason, double seconds,
        SortedMap<String, SortedMap<Integer, Double>> curves, SweptClients clients, String folder,
        Optional<String> promise, Optional<String> littleLearned) {

    public SweptRun {
        curves = Collections.unmodifiableSortedMap(new TreeMap<>(curves));
    }

    /** Whether it came to its own end. */
    public boolean finished() {
        return ending.equals("finished");
    }

    /** The metric's last value; none of a run that did not finish. */
    public OptionalDouble last(String metric) {
        SortedMap<Integer, Double> curve = curve(metric);
        return finished() && !curve.isEmpty() ? OptionalDouble.of(curve.lastEntry().getValue())
                : OptionalDouble.empty();
    }

    SortedMap<Integer, Double> curve(String metric) {
        return curves.getOrDefault(metric, Collections.emptySortedMap());
    }

    /** The name of the metric without its phase. */
    static String bare(String metric) {
        return metric.substring(metric.indexOf('.') + 1);
    }

    /** Whether less of it is better. */
    public static boolean smallerIsBetter(String metric) {
        return Metrics.smallerIsBetter(bare(metric));
    }
}
