package dev.hansa.core.learn;

import dev.hansa.core.model.Calibration;
import dev.hansa.core.model.ClassCounts;
import dev.hansa.core.model.ConfusionMatrix;
import dev.hansa.core.model.ScoreHistogram;
import dev.hansa.core.protocol.Detail;
import java.util.HashMap;
import java.util.Map;

/** Counts rows by class and bin, as far as a {@link Detail} asks. */
final class DetailTally {
    private final Detail detail;
    private final double[][] confusion;
    /** By class and bin. */
    private final double[][] scores;
    private final double[] confident;
    private final double[] confidentAndRight;
    private final double[] confidence;

    DetailTally(Detail detail, int classes) {
        detail.objection(classes, Integer.MAX_VALUE).ifPresent(objection -> {
            throw new IllegalArgumentException("rows cannot be counted so: " + objection);
        });
        this.detail = detail;
        this.confusion = new double[detail.classes() ? classes : 0][detail.classes() ? classes : 0];
        this.scores = new double[2][detail.scoreBins()];
        this.confident = new double[detail.confidenceBins()];
        this.confidentAndRight = new double[detail.confidenceBins()];
        this.confidence = new double[detail.confidenceBins()];
    }

    /** Counts one row. */
    void add(double[] probabilities, int predicted, int label) {
        if (detail.classes()) {
            confusion[label][predicted]++;
        }
        if (detail.scoreBins() > 0) {
            scores[label][bin(probabilities[1], detail.scoreBins())]++;
        }
        if (detail.confidenceBins() > 0) {
            int bin = bin(probabilities[predicted], detail.confidenceBins());
            confident[bin]++;
            confidentAndRight[bin] += predicted == label ? 1 : 0;
            confidence[bin] += probabilities[predicted];
        }
    }

    /** Of bins of equal width; the last holds 1 too. What is no number is in the first. */
    private static int bin(double probability, int bins) {
        return Math.min(bins - 1, (int) (probability * bins));
    }

    /** What is not 0, in a map of the caller's own. */
    Map<String, Double> sums() {
        Map<String, Double> sums = new HashMap<>();
        for (int label = 0; label < confusion.length; label++) {
            for (int predicted = 0; predicted < confusion.length; predicted++) {
                double rows = confusion[label][predicted];
                put(sums, ClassCounts.name(label, ClassCounts.ROWS), rows);
                put(sums, ClassCounts.name(predicted, ClassCounts.PREDICTED), rows);
                if (label == predicted) {
                    put(sums, ClassCounts.name(label, ClassCounts.CORRECT), rows);
                }
                if (detail.confusion()) {
                    put(sums, ConfusionMatrix.name(label, predicted), rows);
                }
            }
        }
        for (int bin = 0; bin < detail.scoreBins(); bin++) {
            put(sums, ScoreHistogram.name(bin, ScoreHistogram.NEGATIVE), scores[0][bin]);
            put(sums, ScoreHistogram.name(bin, ScoreHistogram.POSITIVE), scores[1][bin]);
        }
        for (int bin = 0; bin < confident.length; bin++) {
            put(sums, Calibration.name(bin, Calibration.ROWS), confident[bin]);
            put(sums, Calibration.name(bin, Calibration.CORRECT), confidentAndRight[bin]);
            put(sums, Calibration.name(bin, Calibration.CONFIDENCE), confidence[bin]);
        }
        return sums;
    }

    private static void put(Map<String, Double> sums, String name, double value) {
        if (value != 0) {
            sums.merge(name, value, Double::sum);
        }
    }
}
