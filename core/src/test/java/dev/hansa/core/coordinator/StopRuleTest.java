package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.model.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StopRuleTest {

    /** Rounds with this evaluation; not a number for a round that was not evaluated. */
    private static List<RoundRecord> history(String metric, double... values) {
        List<RoundRecord> history = new ArrayList<>();
        for (double value : values) {
            Metrics evaluation = Double.isNaN(value) ? Metrics.NONE
                    : new Metrics(new TreeMap<>(Map.of(metric, value)));
            history.add(new RoundRecord(history.size() + 1, Metrics.NONE, evaluation, new TreeMap<>(), Duration.ZERO));
        }
        return history;
    }

    private static Optional<String> target(String metric, double target, double... values) {
        return new StopRule(Optional.of(new StopRule.Target(metric, target)), Optional.empty())
                .reason(history(metric, values));
    }

    private static Optional<String> patience(String metric, int rounds, double improvement, double... values) {
        return new StopRule(Optional.empty(), Optional.of(new StopRule.Patience(metric, rounds, improvement)))
                .reason(history(metric, values));
    }

    @Test
    void targetIsInclusiveAndKnowsWhichWayIsBetter() {
        assertThat(target(Metrics.ACCURACY, 0.9, 0.95, 0.89)).as("only the last round counts").isEmpty();
        assertThat(target(Metrics.ACCURACY, 0.9, 0.5, 0.9)).hasValue("target reached: accuracy 0.9, wanted 0.9");
        assertThat(target(Metrics.RMSE, 4.5, 4.6)).isEmpty();
        assertThat(target(Metrics.RMSE, 4.5, 4.6, 4.4)).hasValue("target reached: rmse 4.4, wanted 4.5");
        assertThat(target(Metrics.RMSE, 4.5)).isEmpty();
        assertThat(target(Metrics.RMSE, 4.5, Double.NaN)).isEmpty();
    }

    @Test
    void metricsInDetailEndARunToo() {
        assertThat(target(Metrics.F1, 0.8, 0.79)).isEmpty();
        assertThat(target(Metrics.AUC, 0.8, 0.81)).isPresent();
        assertThat(target(Metrics.CALIBRATION_ERROR, 0.05, 0.06)).isEmpty();
        assertThat(target(Metrics.PERPLEXITY, 20, 19)).isPresent();
        assertThat(patience(Metrics.LOG_LOSS, 2, 0, 0.5, 0.4, 0.4, 0.41)).isPresent();
        assertThat(patience(Metrics.BALANCED_ACCURACY, 2, 0, 0.5, 0.4, 0.6)).isEmpty();
    }

    @Test
    void patienceEndsWhenNothingImproves() {
        assertThat(patience(Metrics.RMSE, 2, 0, 5, 4, 4)).isEmpty();
        assertThat(patience(Metrics.RMSE, 2, 0, 5, 4, 4, 4.1))
                .hasValue("no better rmse than 4.0 of round 2 in 2 rounds");
        assertThat(patience(Metrics.RMSE, 2, 0, 5, 4, 4, 3.9)).isEmpty();
        assertThat(patience(Metrics.ACCURACY, 1, 0, 0.5, 0.6)).isEmpty();
        assertThat(patience(Metrics.ACCURACY, 1, 0, 0.5, 0.5)).isPresent();
        assertThat(patience(Metrics.ACCURACY, 1, 0)).isEmpty();
    }

    @Test
    void tinyImprovementsDoNotCount() {
        assertThat(patience(Metrics.RMSE, 2, 0.5, 5, 4.8, 4.6)).isPresent();
        assertThat(patience(Metrics.RMSE, 2, 0.5, 5, 4.8, 4.4)).isEmpty();
        assertThat(patience(Metrics.ACCURACY, 2, 0.1, 0.5, 0.55, 0.65)).isEmpty();
    }

    @Test
    void roundsWithoutEvaluationAreWaitedFor() {
        assertThat(patience(Metrics.RMSE, 2, 0, Double.NaN, 4, Double.NaN, Double.NaN)).isEmpty();
        assertThat(patience(Metrics.RMSE, 2, 0, Double.NaN, 4, Double.NaN, 4)).isPresent();
    }

    @Test
    void neverIsNever() {
        assertThat(StopRule.NEVER.reason(history(Metrics.RMSE, 5, 5, 5, 5, 5, 5))).isEmpty();
    }

    @Test
    void rulesThatCannotWorkAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StopRule.Target("recall", 1))
                .withMessage("no metric is called recall");
        assertThatIllegalArgumentException().isThrownBy(() -> new StopRule.Target(Metrics.RMSE, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new StopRule.Patience("recall", 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new StopRule.Patience(Metrics.RMSE, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new StopRule.Patience(Metrics.RMSE, 1, -1));
    }
}
