package dev.hansa.core.protocol;

import dev.hansa.core.model.Calibration;
import dev.hansa.core.model.ClassCounts;
import dev.hansa.core.model.ConfusionMatrix;
import dev.hansa.core.model.ScoreHistogram;
import dev.hansa.core.model.Sums;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a client is asked to tell of its held-out rows beside sums over all of them; for classes alone. It tells more of rows
 * than these sums do, so a client may leave it out.
 *
 * @param classes        {@link ClassCounts}: rows, predictions and right predictions of each class
 * @param confusion      {@link ConfusionMatrix}: rows of each class taken for each class; with {@code classes} only
 * @param scoreBins      {@link ScoreHistogram}: rows of both classes in so many bins of probability, of two classes; 0 for
 *                       none
 * @param confidenceBins {@link Calibration}: rows in so many bins of confidence; 0 for none
 */
public record Detail(boolean classes, boolean confusion, int scoreBins, int confidenceBins) {
    /** The most bins. */
    public static final int BINS = 200;
    /** The most classes. */
    public static final int CLASSES = 300;

    /** Sums over all rows are enough. */
    public static final Detail NONE = new Detail(false, false, 0, 0);

    public Detail {
        requireBins("scoreBins", scoreBins);
        requireBins("confidenceBins", confidenceBins);
        if (confusion && !classes) {
            throw new IllegalArgumentException("a confusion matrix is asked for without the counts of the classes");
        }
    }

    private static void requireBins(String name, int bins) {
        if (bins != 0 && (bins < 2 || bins > BINS)) {
            throw new IllegalArgumentException(name + " is " + bins + ", expected 0, or from 2 to " + BINS);
        }
    }

    /** Whether sums over all rows are enough. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** How many numbers it adds for so many classes. */
    public int numbers(int number) {
        return (classes ? 3 * number : 0) + (confusion ? number * number : 0) + 2 * scoreBins + 3 * confidenceBins;
    }

    /** Why it cannot be told of so many classes, with the nearest that can; 1 class is a number to predict. */
    public Optional<String> objection(int number, int most) {
        if (isNone()) {
            return Optional.empty();
        } else if (number < 2 || number > CLASSES) {
            return Optional.of(number < 2 ? "it counts classes, and the label is a number"
                    : "it counts classes, and there are " + number + " of them, expected at most " + CLASSES);
        } else if (scoreBins > 0 && number != 2) {
            return Optional
                    .of("auc compares two classes, and there are " + number + "; expected f1 or balancedAccuracy");
        }
        return numbers(number) <= most ? Optional.empty()
                : Optional.of(
                        "it adds " + numbers(number) + " numbers for " + number + " classes, expected at most " + most
                                + (confusion ? "; leave confusion out" : "; take fewer bins"));
    }

    /** What the sums tell that was not asked for; empty if nothing. */
    public Optional<String> excess(Sums sums, int number) {
        Set<String> asked = new HashSet<>();
        for (int label = 0; classes && label < number; label++) {
            for (String part : new String[]{ClassCounts.ROWS, ClassCounts.PREDICTED, ClassCounts.CORRECT}) {
                asked.add(ClassCounts.name(label, part));
            }
            for (int taken = 0; confusion && taken < number; taken++) {
                asked.add(ConfusionMatrix.name(label, taken));
            }
        }
        for (int bin = 0; bin < scoreBins; bin++) {
            asked.add(ScoreHistogram.name(bin, ScoreHistogram.POSITIVE));
            asked.add(ScoreHistogram.name(bin, ScoreHistogram.NEGATIVE));
        }
        for (int bin = 0; bin < confidenceBins; bin++) {
            for (String part : new String[]{Calibration.ROWS, Calibration.CORRECT, Calibration.CONFIDENCE}) {
                asked.add(Calibration.name(bin, part));
            }
        }
        Stream<String> told = sums.values().keySet().stream().filter(name -> name.contains("."));
        return told.filter(name -> !asked.contains(name)).findFirst()
                .map(name -> "it tells of " + name + ", which was not asked for");
    }
}
