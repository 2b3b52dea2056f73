package dev.hansa.core.privacy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.accounting.GaussianCurve;
import dev.hansa.core.privacy.accounting.GroupOfTwo;
import dev.hansa.core.privacy.audit.Roc.Point;
import dev.hansa.core.privacy.numeric.BinomialTail;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AuditTest {
    /** Members .9 .8 .3, others .8 .2 .1 .1, by hand. */
    private static final Roc ROC = new Roc(new double[]{0.3, 0.9, 0.8}, new double[]{0.1, 0.8, 0.2, 0.1});

    @Test
    void theCurveGoesThroughEachThreshold() {
        assertThat(ROC.points()).containsExactly(new Point(0, 0), new Point(0, 1 - 2.0 / 3),
                new Point(0.25, 1 - 1.0 / 3), new Point(0.25, 1), new Point(0.5, 1), new Point(1, 1));
        assertThat(ROC.area(0.95).value()).isCloseTo((4 + 3.5 + 3) / 12, within(1e-15));
        assertThat(ROC.advantage(0.95).value()).isEqualTo(0.75);
        assertThat(ROC.truePositives(0)).isEqualTo(new Proportion(1, 3));
        assertThat(ROC.truePositives(0.25)).isEqualTo(new Proportion(3, 3));
        assertThat(ROC.truePositives(1)).isEqualTo(new Proportion(3, 3));
    }

    /** 400 times, members a deviation above others: the area is Φ(1/√2), the advantage 2 Φ(1/2) − 1. */
    @Test
    void intervalsHoldTheTruth() {
        int area = 0;
        int advantage = 0;
        SplittableRandom random = new Seed(1).random();
        for (int trial = 0; trial < 400; trial++) {
            Roc roc = new Roc(normal(random, 100, 1), normal(random, 150, 0));
            area += isIn(roc.area(0.95), 0.7602499389065234) ? 1 : 0;
            advantage += isIn(roc.advantage(0.95), 0.3829249225480262) ? 1 : 0;
        }
        assertThat(area).isBetween(367, 393); // 380 and three deviations
        assertThat(advantage).isGreaterThan(380);
    }

    private static boolean isIn(Roc.Interval interval, double truth) {
        return interval.low() <= truth && truth <= interval.high();
    }

    static double[] normal(SplittableRandom random, int size, double mean) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
            values[i] = mean + radius * Math.cos(2 * Math.PI * random.nextDouble());
        }
        return values;
    }

    @Test
    void ratesBeyondTheIntervalMakeTheCountsUnlikely() {
        Proportion proportion = new Proportion(7, 40);
        double low = proportion.low(0.95);
        double high = proportion.high(0.95);
        assertThat(BinomialTail.atLeast(7, 40, low)).isCloseTo(0.025, within(1e-9));
        assertThat(1 - BinomialTail.atLeast(8, 40, high)).isCloseTo(0.025, within(1e-9));
        assertThat(new Proportion(0, 10).low(0.95)).isZero();
        assertThat(new Proportion(10, 10).high(0.95)).isEqualTo(1);
        assertThat(new Proportion(0, 10).high(0.95)).isCloseTo(1 - Math.pow(0.025, 0.1), within(1e-9));
    }

    @Test
    void whatIsChosenOnOneHalfIsCountedOnTheOther() {
        double[] without = {5, 0, 0, 0, 0, 0, 0, 0};
        double[] with = {9, 9, 9, 9, 0, 0, 0, 0};
        RepeatedAudit audit = RepeatedAudit.of(with, without, 0, 0.95);
        assertThat(audit.named()).isEqualTo(new Proportion(0, 4));
        assertThat(audit.mistaken().trials()).isEqualTo(4);
        assertThat(audit.epsilon(0, 0.95)).isZero();
    }

    @Test
    void whoeverIsTwoStepsAwayIsHiddenAsTheDefinitionHasIt() {
        GaussianCurve one = new GaussianCurve(2);
        GroupOfTwo two = new GroupOfTwo(one);
        double epsilon = two.epsilon(1e-5);
        assertThat((1 + Math.exp(epsilon / 2)) * one.delta(epsilon / 2)).isCloseTo(1e-5, within(1e-12));
        assertThat(epsilon).isGreaterThan(new GaussianCurve(1).epsilon(1e-5)) // of Gaussian noise, exactly
                .isLessThan(2.5 * one.epsilon(1e-5));
    }

    @Test
    void guessesAreMadeFromBothEnds() {
        double[] scores = {3, 1, 2, 0};
        boolean[] tookPart = {true, true, false, false};
        assertThat(OneRunAudit.of(scores, tookPart, 1, 1)).isEqualTo(new OneRunAudit(4, 2, 2));
        assertThat(OneRunAudit.of(scores, tookPart, 2, 2)).isEqualTo(new OneRunAudit(4, 4, 2));
    }

    @Test
    void readingIsMeasuredWithoutItsScale() {
        float[] row = {3, 4};
        assertThat(LayerLeak.distance(new double[]{6, 8}, row)).isCloseTo(0, within(1e-7));
        assertThat(LayerLeak.distance(new double[]{-4, 3}, row)).isEqualTo(1);
        assertThat(LayerLeak.distance(new double[]{-3, -4}, row)).isEqualTo(1);
        assertThat(LayerLeak.distance(new double[2], row)).isEqualTo(1);
        assertThat(LayerLeak.input(new float[4], new float[2])).containsExactly(0, 0);
    }

    @Test
    void refusesWhatMeansNothing() {
        assertThatThrownBy(() -> new Proportion(3, 2)).hasMessageContaining("got 3 of 2");
        assertThatThrownBy(() -> new Proportion(1, 2).low(95)).hasMessageContaining("confidence is 95.0");
        assertThatThrownBy(() -> new OneRunAudit(5, 6, 1)).hasMessageContaining("6 guesses about 5 canaries");
        assertThatThrownBy(() -> OneRunAudit.of(new double[3], new boolean[2], 1, 0))
                .hasMessageContaining("3 scores and 2 coins");
        assertThatThrownBy(() -> new Roc(new double[0], new double[1])).hasMessageContaining("0 scores of members");
        assertThatThrownBy(() -> new Ceiling(-1, 0)).hasMessageContaining("epsilon is -1.0");
        assertThatThrownBy(() -> new GaussianEstimate(0, 0, 1, 1)).hasMessageContaining("greater than 0");
        assertThatThrownBy(() -> RepeatedAudit.of(new double[1], new double[5], 0, 0.95))
                .hasMessageContaining("1 runs with the canary");
        assertThatThrownBy(() -> LayerLeak.input(new float[5], new float[2])).hasMessageContaining("5 weights");
    }
}
