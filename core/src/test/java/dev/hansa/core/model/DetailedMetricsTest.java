package dev.hansa.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Metrics of counts by class and bin, by hand. */
class DetailedMetricsTest {
    private static final Set<String> ALL = Set.of(Metrics.F1, Metrics.BALANCED_ACCURACY, Metrics.AUC,
            Metrics.CALIBRATION_ERROR, Metrics.LOG_LOSS, Metrics.PERPLEXITY);

    /** Of classes with 5, 3 and 2 rows: {4, 1, 0}, {1, 2, 0}, {1, 1, 0} taken for each. */
    static Map<String, Double> threeClasses() {
        Map<String, Double> sums = new HashMap<>(Map.of(Sums.EXAMPLES, 10.0, Sums.LOSS, 8.0, Sums.CORRECT, 6.0));
        double[][] confusion = {{4, 1, 0}, {1, 2, 0}, {1, 1, 0}};
        for (int label = 0; label < 3; label++) {
            for (int taken = 0; taken < 3; taken++) {
                double rows = confusion[label][taken];
                if (rows > 0) {
                    sums.put(ConfusionMatrix.name(label, taken), rows);
                    sums.merge(ClassCounts.name(label, ClassCounts.ROWS), rows, Double::sum);
                    sums.merge(ClassCounts.name(taken, ClassCounts.PREDICTED), rows, Double::sum);
                    if (label == taken) {
                        sums.put(ClassCounts.name(label, ClassCounts.CORRECT), rows);
                    }
                }
            }
        }
        return sums;
    }

    private static Sums scores(int bins, double[] negatives, double... positives) {
        Map<String, Double> sums = new HashMap<>(Map.of(Sums.EXAMPLES, (double) negatives.length + positives.length));
        sums.put(Sums.CORRECT, 0.0);
        for (double score : negatives) {
            sums.merge(ScoreHistogram.name((int) (score * bins), ScoreHistogram.NEGATIVE), 1.0, Double::sum);
        }
        for (double score : positives) {
            sums.merge(ScoreHistogram.name((int) (score * bins), ScoreHistogram.POSITIVE), 1.0, Double::sum);
        }
        return Sums.of(sums);
    }

    private static double get(Sums sums, String metric) {
        return Metrics.of(sums).get(metric).orElseThrow();
    }

    @Test
    void balancedAccuracyAndF1AreMeansOverClasses() {
        Sums sums = Sums.of(threeClasses());

        assertThat(sums.problem()).isEmpty();
        assertThat(get(sums, Metrics.ACCURACY)).isEqualTo(0.6);
        assertThat(get(sums, Metrics.BALANCED_ACCURACY)).isCloseTo((4 / 5.0 + 2 / 3.0 + 0) / 3, within(1e-15));
        assertThat(get(sums, Metrics.F1)).isCloseTo((8 / 11.0 + 4 / 7.0 + 0) / 3, within(1e-15));
        assertThat(Metrics.NONE.withConfusion(sums).get("confusion.001.000")).hasValue(1);
    }

    @Test
    void aClassThatNobodyHasAndNothingIsTakenForDoesNotCount() {
        Map<String, Double> sums = new HashMap<>(Map.of(Sums.EXAMPLES, 2.0, Sums.CORRECT, 1.0));
        sums.put(ClassCounts.name(0, ClassCounts.ROWS), 2.0);
        sums.put(ClassCounts.name(0, ClassCounts.PREDICTED), 1.0);
        sums.put(ClassCounts.name(0, ClassCounts.CORRECT), 1.0);
        sums.put(ClassCounts.name(7, ClassCounts.PREDICTED), 1.0);

        assertThat(get(Sums.of(sums), Metrics.BALANCED_ACCURACY)).isEqualTo(0.5);
        assertThat(get(Sums.of(sums), Metrics.F1)).as("2/3 of class 0, 0 of class 7").isCloseTo(1 / 3.0, within(1e-15));
    }

    @Test
    void logLossAndPerplexityComeFromTheLoss() {
        assertThat(get(Sums.of(threeClasses()), Metrics.LOG_LOSS)).isEqualTo(0.8);
        assertThat(get(Sums.of(threeClasses()), Metrics.PERPLEXITY)).isCloseTo(Math.exp(0.8), within(1e-15));
        assertThat(Metrics.of(Sums.of(Map.of(Sums.EXAMPLES, 1.0, Sums.SQUARED_ERROR, 1.0, Sums.LOSS, 1.0)))
                .get(Metrics.PERPLEXITY)).as("of a number").isEmpty();
    }

    /** The example of scikit-learn's roc_auc_score: 0.75. */
    @Test
    void areaIsExactIfNoBinHoldsBothClasses() {
        Sums fine = scores(20, new double[]{0.1, 0.4}, 0.35, 0.8);
        assertThat(get(fine, Metrics.AUC)).isEqualTo(0.75);
        assertThat(get(fine, Metrics.AUC_ERROR)).isZero();
        Sums coarse = scores(2, new double[]{0.1, 0.4}, 0.35, 0.8);
        assertThat(get(coarse, Metrics.AUC)).as("(2/2 + 2) / 4").isEqualTo(0.75);
        assertThat(get(coarse, Metrics.AUC_ERROR)).as("1 · 2 / (2 · 4)").isEqualTo(0.25);
        assertThat(Metrics.of(scores(2, new double[]{0.1, 0.4})).get(Metrics.AUC)).as("one class alone").isEmpty();
    }

    @Test
    void areaIsNeverFurtherOffThanItsErrorSays() {
        double worst = 0;
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new Seed(seed).random();
            double shift = random.nextDouble();
            double[] negatives = random.doubles(1 + random.nextInt(60)).toArray();
            double[] positives = random.doubles(1 + random.nextInt(60)).map(u -> Math.pow(u, shift)).toArray();
            double above = 0;
            for (double positive : positives) {
                for (double negative : negatives) {
                    above += positive > negative ? 1 : positive == negative ? 0.5 : 0;
                }
            }
            double exact = above / (positives.length * negatives.length);
            Sums sums = scores(2 + random.nextInt(30), negatives, positives);

            double off = Math.abs(get(sums, Metrics.AUC) - exact);
            assertThat(off).isLessThanOrEqualTo(get(sums, Metrics.AUC_ERROR) + 1e-12);
            worst = Math.max(worst, off / Math.max(1e-9, get(sums, Metrics.AUC_ERROR)));
        }
        assertThat(worst).as("the bound is met by some").isCloseTo(1, within(1e-9));
    }

    @Test
    void calibrationErrorIsTheDistanceOfConfidenceAndAccuracy() {
        Map<String, Double> sums = new HashMap<>(Map.of(Sums.EXAMPLES, 10.0, Sums.CORRECT, 7.0));
        sums.put(Calibration.name(6, Calibration.ROWS), 4.0);
        sums.put(Calibration.name(6, Calibration.CORRECT), 3.0);
        sums.put(Calibration.name(6, Calibration.CONFIDENCE), 2.5);
        sums.put(Calibration.name(9, Calibration.ROWS), 6.0);
        sums.put(Calibration.name(9, Calibration.CORRECT), 4.0);
        sums.put(Calibration.name(9, Calibration.CONFIDENCE), 5.7);

        assertThat(Sums.of(sums).problem()).isEmpty();
        assertThat(get(Sums.of(sums), Metrics.CALIBRATION_ERROR)).as("(|3 - 2.5| + |4 - 5.7|) / 10")
                .isCloseTo(0.22, within(1e-15));
    }

    @Test
    void ofNodesWithoutDetailNothingIsMadeUp() {
        Sums both =
                Sums.of(threeClasses()).plus(Sums.of(Map.of(Sums.EXAMPLES, 90.0, Sums.LOSS, 0.0, Sums.CORRECT, 0.0)));

        assertThat(get(both, Metrics.ACCURACY)).isEqualTo(0.06);
        assertThat(get(both, Metrics.F1)).isEqualTo(get(Sums.of(threeClasses()), Metrics.F1));
        assertThat(get(both, Metrics.DETAILED)).isEqualTo(10);
        assertThat(Metrics.of(Sums.of(threeClasses())).get(Metrics.DETAILED)).isEmpty();
    }

    @Test
    void onlyTheUsualAndWhatIsAskedForIsKept() {
        Metrics all = Metrics.of(Sums.of(threeClasses()));
        assertThat(all.only(Set.of()).values()).containsOnlyKeys(Metrics.EXAMPLES, Metrics.LOSS, Metrics.ACCURACY);
        assertThat(all.only(Set.of(Metrics.F1)).values()).containsKey(Metrics.F1).doesNotContainKey(Metrics.PERPLEXITY);
        assertThat(Metrics.of(scores(2, new double[]{0.1}, 0.2)).only(Set.of(Metrics.AUC)).values())
                .containsKeys(Metrics.AUC, Metrics.AUC_ERROR);
        assertThat(ALL).allMatch(Metrics::judges);
        assertThat(List.of(Metrics.EXAMPLES, Metrics.DETAILED, Metrics.AUC_ERROR, "confusion.000.001"))
                .noneMatch(Metrics::judges);
        assertThat(ALL).filteredOn(Metrics::smallerIsBetter).containsExactlyInAnyOrder(Metrics.LOG_LOSS,
                Metrics.PERPLEXITY, Metrics.CALIBRATION_ERROR);
    }

    /** One count changed at a time, of sums that are sound. */
    @Test
    void countsThatDoNotAddUpAreNoticed() {
        Map<String, Double> whole = threeClasses();
        for (int bin : new int[]{3, 8}) {
            whole.put(Calibration.name(bin, Calibration.ROWS), 5.0);
            whole.put(Calibration.name(bin, Calibration.CORRECT), 3.0);
            whole.put(Calibration.name(bin, Calibration.CONFIDENCE), 2.25);
        }
        whole.put(ScoreHistogram.name(1, ScoreHistogram.NEGATIVE), 7.0);
        whole.put(ScoreHistogram.name(4, ScoreHistogram.POSITIVE), 3.0);
        assertThat(Sums.of(whole).problem()).isEmpty();

        List<String> unnoticed = new ArrayList<>();
        for (String name : whole.keySet()) {
            for (double value : new double[]{whole.get(name) + 1, whole.get(name) + 0.5, -1}) {
                Map<String, Double> changed = new HashMap<>(whole);
                changed.put(name, value);
                if (Sums.of(changed).problem().isEmpty()) {
                    unnoticed.add(name);
                }
            }
        }
        assertThat(unnoticed).as("a loss, and a mean confidence, may be anything").containsExactlyInAnyOrder(Sums.LOSS,
                Sums.LOSS, Calibration.name(3, Calibration.CONFIDENCE), Calibration.name(3, Calibration.CONFIDENCE),
                Calibration.name(8, Calibration.CONFIDENCE), Calibration.name(8, Calibration.CONFIDENCE));
        for (String name : List.of("class.0.rows", "class.000.row", "class.", "score.abc.positive", "confusion.000.0",
                "confidence.000.", "confidence.0000.rows")) {
            Map<String, Double> strange = new HashMap<>(whole);
            strange.put(name, 0.0);
            assertThat(Sums.of(strange).problem()).as(name).isPresent();
        }
    }
}
