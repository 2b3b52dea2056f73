package dev.hansa.core.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Named sums over examples, from which {@link Metrics} are derived.
 *
 * <p>Sums, unlike means, of several clients add up exactly: what clients report are sums, and only the last reader
 * divides.
 */
public record Sums(SortedMap<String, Double> values) {
    /** The number of examples. */
    public static final String EXAMPLES = "examples";
    /** The sum of the training loss (in standardised units). */
    public static final String LOSS = "loss";
    /** The sum of (prediction - label)², in the label's unit squared. */
    public static final String SQUARED_ERROR = "squaredError";
    /** The sum of |prediction - label|, in the label's unit. */
    public static final String ABSOLUTE_ERROR = "absoluteError";
    /** The sum of the labels less a number that is the same for all rows, in the label's unit. */
    public static final String LABEL = "label";
    /** The sum of the squares of what {@link #LABEL} adds up, in the label's unit squared. */
    public static final String LABEL_SQUARED = "labelSquared";
    /** The number of examples whose most probable class is the label. */
    public static final String CORRECT = "correct";
    /** The number of steps of local training. */
    public static final String STEPS = "steps";
    /** Of a client that chose among several models, the number of the one that it trained; of no use when added up. */
    public static final String CLUSTER = "cluster";
    /** The sum of the loss of the model that local training began with, over all its rows (in standardised units). */
    public static final String START_LOSS = "startLoss";

    /** A half if a client's update was within the clip, minus a half if it was not; see {@code privacy.clip.AdaptiveClip}. */
    public static final String WITHIN_CLIP = "withinClip";

    /** What each local training tells. */
    public static final Names OF_TRAINING = Names.of(EXAMPLES, LOSS, STEPS);

    /** No client has more rows. */
    private static final double MOST_EXAMPLES = Integer.MAX_VALUE;

    /** No sums; the neutral element of {@link #plus}. */
    public static final Sums NONE = new Sums(Collections.emptySortedMap());

    public Sums {
        values = Named.copyOf(values);
    }

    /** The given sums. */
    public static Sums of(Map<String, Double> values) {
        return new Sums(Named.copyOf(values));
    }

    /** The sum of that name, 0 if there is none. */
    public double get(String name) {
        return values.getOrDefault(name, 0.0);
    }

    /** Name by name. */
    public Sums plus(Sums other) {
        if (values.isEmpty() || other.values.isEmpty()) {
            return values.isEmpty() ? other : this;
        }
        return new Sums(Named.merged(Named.copyOf(values), Named.copyOf(other.values), Double::sum));
    }

    /**
     * What no honest client reports, if these sums do: the number of examples is whole and greater than 0, no loss or
     * error is negative, no more examples are correct than there are, counts of classes and bins are whole and add up, and
     * all is finite. No sums at all are fine, and so are steps alone.
     */
    public Optional<String> problem() {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.containsKey(WITHIN_CLIP)) {
            return values.size() == 1 && Math.abs(get(WITHIN_CLIP)) == 0.5
                    ? Optional.empty()
                    : Optional.of("expected " + WITHIN_CLIP + " alone, a half or minus a half, and found " + values);
        }
        if (values.keySet().equals(Collections.singleton(STEPS))) {
            return get(STEPS) >= 1 && get(STEPS) == Math.rint(get(STEPS)) && isFinite()
                    ? Optional.empty()
                    : Optional.of("expected " + STEPS + " alone to be a whole number from 1 on, and found " + values);
        }
        double examples = get(EXAMPLES);
        boolean counted = examples >= 1 && examples <= MOST_EXAMPLES && examples == Math.rint(examples);
        boolean positive = Stream.of(LOSS, SQUARED_ERROR, ABSOLUTE_ERROR, LABEL_SQUARED, CORRECT, STEPS, START_LOSS)
                .allMatch(name -> get(name) >= 0);
        return isFinite() && counted && positive && get(CORRECT) <= examples
                && ClassCounts.isSound(this) && ConfusionMatrix.isSound(this) && ScoreHistogram.isSound(this)
                && Calibration.isSound(this)
                        ? Optional.empty()
                        : Optional.of("its sums cannot be those of examples: " + values);
    }

    /** Whether no sum is infinite or not a number. */
    public boolean isFinite() {
        return values.values().stream().allMatch(Double::isFinite);
    }
}
