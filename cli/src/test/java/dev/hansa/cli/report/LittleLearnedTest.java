package dev.hansa.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.PrivateRun;
import dev.hansa.cli.SampleRun;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.model.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LittleLearnedTest {
    private static final String CENTRAL = "{type: central, clip: 1, noise: 2, delta: 1e-5}";

    private static final RunEvent FINISHED = new RunEvent.Finished(3, "all rounds are done");

    /** Two classes; over a network nobody knows how frequent they are. */
    private static final RunResult.Setting NETWORK = new RunResult.Setting(false, "there", "again", "1");
    /** Three in four rows are of the class b. */
    private static final RunResult.Setting SIMULATED = new RunResult.Setting(true, "here", "again", "1",
            Optional.of(new SimulatedFleet(Optional.empty(), List.of("a", "b"),
                    new TreeMap<>(Map.of("alice", new int[]{0, 5}, "bob", new int[]{5, 10})))));

    private static RunResult result(RunResult.Setting setting, RunEvent end, String metric, double... values) {
        RunResult run = PrivateRun.result(CENTRAL, 1);
        List<RoundRecord> rounds = IntStream.range(0, values.length)
                .mapToObj(i -> new RoundRecord(i + 1, Metrics.NONE,
                        new Metrics(metrics(i, metric, values[i])),
                        new TreeMap<>(), Duration.ofSeconds(1)))
                .toList();
        return new RunResult(run.specText(), run.spec(), rounds, end, run.refused(), run.late(), run.abandoned(),
                run.trafficByNode(), run.started(), run.duration(), setting, Optional.empty());
    }

    /** Unless it is told, accuracy grows a little. */
    private static SortedMap<String, Double> metrics(int round, String metric, double value) {
        SortedMap<String, Double> metrics = new TreeMap<>(Map.of(Metrics.ACCURACY, 0.6 + 0.01 * round));
        metrics.put(metric, value);
        return metrics;
    }

    private static Optional<String> said(RunResult.Setting setting, double... accuracies) {
        return LittleLearned.of(result(setting, FINISHED, Metrics.ACCURACY, accuracies));
    }

    @Test
    void noBetterThanTheSimplestGuessIsNextToNothing() {
        assertThat(said(NETWORK, 0.4, 0.45, 0.505).orElseThrow()).startsWith(
                "learnt next to nothing: accuracy 0.5050, where chance would have 0.5000. More clients in a round");
        assertThat(said(NETWORK, 0.4, 0.45, 0.6)).isEmpty();
        assertThat(said(SIMULATED, 0.5, 0.6, 0.74).orElseThrow())
                .contains("accuracy 0.7400, where always saying b would have 0.7500");
        assertThat(said(SIMULATED, 0.5, 0.6, 0.8)).isEmpty();
    }

    @Test
    void noBetterThanAtTheBeginningIsTold() {
        assertThat(said(NETWORK, 0.8, 0.9, 0.79).orElseThrow())
                .startsWith(
                        "become no better than when it was first measured: accuracy 0.8000 then, 0.7900 at the end");
        assertThat(LittleLearned.of(result(NETWORK, FINISHED, Metrics.LOSS, 3.4, 9, 16.8)).orElseThrow())
                .as("its accuracy is by chance what it was").startsWith("become no better than when it was first"
                        + " measured: loss 3.400 then, 16.80 at the end");
        assertThat(LittleLearned.of(result(NETWORK, FINISHED, Metrics.LOSS, 3.4, 9, 0.8))).isEmpty();
        assertThat(said(NETWORK, 0.8, 0.79)).as("two measurements tell little").isEmpty();
    }

    @Test
    void nothingIsSaidOfWhatDidNotFinishWasNotMeasuredOrIsNotPrivate() {
        assertThat(LittleLearned.of(result(NETWORK, new RunEvent.Stopped(3), Metrics.ACCURACY, 0.4))).isEmpty();
        assertThat(said(NETWORK)).isEmpty();
        assertThat(LittleLearned.of(SampleRun.result("r", 3, List.of("alice")))).isEmpty();
    }

    @Test
    void theReportSaysIt() {
        assertThat(HtmlReport.of(result(NETWORK, FINISHED, Metrics.ACCURACY, 0.5)))
                .contains("The model has learnt next to nothing: accuracy 0.5000, where chance would have 0.5000.");
        assertThat(HtmlReport.of(result(NETWORK, FINISHED, Metrics.ACCURACY, 0.9))).doesNotContain("The model has");
    }
}
