package dev.hansa.cli.live;

import dev.hansa.core.coordinator.PrivacyPlan;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a private run has promised away after which round: ε, at the δ of the run.
 *
 * @param points ε by round, for all rounds if there are few, otherwise for some, the last among them; it grows
 */
public record EpsilonCurve(SortedMap<Integer, Double> points) {
    /** An accountant may take a tenth of a second for each. */
    private static final int MOST_POINTS = 16;

    public EpsilonCurve {
        points = Collections.unmodifiableSortedMap(new TreeMap<>(points));
    }

    /** After the rounds up to that one. */
    public static EpsilonCurve of(PrivacyPlan plan, int rounds) {
        SortedMap<Integer, Double> points = new TreeMap<>();
        int number = Math.min(MOST_POINTS, rounds);
        for (int i = 0; i < number; i++) {
            int round = number == 1 ? 1 : 1 + (int) ((rounds - 1L) * i / (number - 1));
            points.put(round, plan.epsilon(round));
        }
        return new EpsilonCurve(points);
    }

    /** Its course in one line for that terminal. */
    public String sparkline(Terminal terminal, int width) {
        return Glyphs.of(terminal).sparkline(
                points.values().stream().mapToDouble(Double::doubleValue).toArray(), width);
    }

    /** What is certainly not exceeded after that round: of the next round that is known; infinite after the last. */
    public double atMost(int round) {
        if (round <= 0) {
            return 0;
        }
        SortedMap<Integer, Double> from = points.tailMap(round);
        return from.values().stream().findFirst().orElse(Double.POSITIVE_INFINITY);
    }
}
