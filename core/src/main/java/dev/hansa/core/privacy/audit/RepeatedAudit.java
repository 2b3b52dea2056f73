package dev.hansa.core.privacy.audit;

import java.util.Arrays;

/**
 * What many runs of a mechanism prove, each with the canary or without: whoever claims (ε, δ) lets no rule name the canary
 * in a run with it more than e^ε times as often as in one without, but for δ.
 *
 * @param named    runs with the canary in which the rule named it
 * @param mistaken runs without it in which the rule did
 */
public record RepeatedAudit(Proportion named, Proportion mistaken) {

    /**
     * The rule is a threshold of a score. It is the one that proves most of the first half of the runs; what is counted is the
     * second, which had no part in the choice.
     *
     * @param with    scores of runs with the canary, higher ones for what looks like it; at least 2
     * @param without of runs without it; at least 2
     */
    public static RepeatedAudit of(double[] with, double[] without, double delta, double confidence) {
        if (with.length < 2 || without.length < 2) {
            throw new IllegalArgumentException("got " + with.length + " runs with the canary and " + without.length
                    + " without, expected 2 or more of each");
        }
        double[] chosenWith = half(with, false);
        double[] chosenWithout = half(without, false);
        double best = Double.POSITIVE_INFINITY;
        double most = -1;
        for (double threshold : thresholds(chosenWithout)) {
            double proven = at(threshold, chosenWith, chosenWithout).epsilon(delta, confidence);
            if (proven > most) {
                most = proven;
                best = threshold;
            }
        }
        return at(best, half(with, true), half(without, true));
    }

    private static double[] half(double[] scores, boolean second) {
        int middle = scores.length / 2;
        double[] half = second
                ? Arrays.copyOfRange(scores, middle, scores.length)
                : Arrays.copyOf(scores, middle);
        Arrays.sort(half);
        return half;
    }

    /** Scores that 0, 1, 2, 4 … of the runs without the canary have or exceed: more would prove hardly more. */
    private static double[] thresholds(double[] ascending) {
        double[] thresholds = new double[Integer.SIZE * 2];
        int count = 0;
        thresholds[count++] = Math.nextUp(ascending[ascending.length - 1]);
        for (double above = 1; above <= ascending.length; above = Math.max(above + 1, above * 1.5)) {
            thresholds[count++] = ascending[ascending.length - (int) above];
        }
        return Arrays.copyOf(thresholds, count);
    }

    private static RepeatedAudit at(double threshold, double[] with, double[] without) {
        return new RepeatedAudit(reaching(threshold, with), reaching(threshold, without));
    }

    private static Proportion reaching(double threshold, double[] ascending) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < threshold) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return new Proportion(ascending.length - low, ascending.length);
    }

    /** The least ε that the counts leave possible with the δ, with the confidence: ln((named − δ) / mistaken), or 0. */
    public double epsilon(double delta, double confidence) {
        double least = named.low(confidence) - delta;
        return least <= 0 ? 0 : Math.max(0, Math.log(least / mistaken.high(confidence)));
    }
}
