package dev.hansa.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.PrivateRun;
import dev.hansa.cli.SampleRun;
import dev.hansa.cli.promise.Amount;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrivacySectionTest {
    private static final String CENTRAL = "{type: central, clip: 1, noise: 2, delta: 1e-5}";
    private static final String LOCAL = "{type: local, clip: 1, noise: 20, delta: 1e-5, exempt: [evaluation]}";

    @Test
    void aRunWithoutProtectionSaysSoInRed() {
        String page = HtmlReport.of(SampleRun.result("r", 3, List.of("alice")));
        assertThat(page).contains("<p class=\"outcome bad\">no differential privacy</p>",
                "<p class=\"note bad\"><strong>There is no differential privacy.</strong>");
        assertThat(PrivacyReport.of(SampleRun.spec("r", 3)))
                .contains("<strong>There is no differential privacy.</strong>");
    }

    @Test
    void aPrivateRunOverANetworkDoesNotPromiseTheSameModelAgain() {
        RunResult run = PrivateRun.result(CENTRAL, 7);
        assertThat(HtmlReport.of(run)).contains("The same command does not give the same model again")
                .doesNotContain("bit by bit");
        RunResult simulated = new RunResult(run.specText(), run.spec(), run.rounds(), run.outcome(), run.refused(),
                run.late(), run.abandoned(), run.trafficByNode(), run.started(), run.duration(),
                new RunResult.Setting(true, "simulated", "hansa simulate run.yaml", "1"), run.comparison());
        assertThat(HtmlReport.of(simulated)).contains("the same model, bit by bit, in a simulation, whose noise",
                "a run there gives another model");
        assertThat(HtmlReport.of(SampleRun.result("r", 3, List.of("alice"))))
                .contains("the same model, bit by bit, over a network as well as in a simulation");
    }

    @Test
    void whatIsPromisedIsOfTheRoundsThatWereDone() {
        RunResult result = PrivateRun.result(CENTRAL, 7);
        double spent = result.spec().privacy().orElseThrow().epsilon(7);
        assertThat(HtmlReport.of(result)).contains(Amount.epsilon(spent), "with delta 1e-5", "add or remove one node",
                "Epsilon, as it grows from round to round", "The coordinator could see each node&#39;s update.",
                "Training sent protected updates and nothing else.")
                .doesNotContain("no differential privacy", "with it went the number of rows");
    }

    @Test
    void localNoiseProtectsFromTheCoordinatorToo() {
        assertThat(HtmlReport.of(PrivateRun.result(LOCAL, 7))).contains("everybody: the coordinator",
                "privacy.exempt: evaluation").doesNotContain("The coordinator could see each node",
                        "It does not protect from");
    }

    /** As records of private runs are: an update weighs 1 whatever rows it is made from, and tells no sums. */
    @Test
    void nobodyIsSaidToHaveOneRow() {
        RunResult sample = PrivateRun.result(LOCAL, 1);
        ClientRound counted = new ClientRound(Metrics.NONE, Metrics.NONE, Traffic.NONE, OptionalDouble.empty(),
                OptionalDouble.of(1));
        RoundRecord round = new RoundRecord(1, Metrics.NONE, Metrics.NONE,
                new TreeMap<>(Map.of("alice", counted, "bob", counted)), Duration.ofSeconds(1));
        RunResult result = new RunResult(sample.specText(), sample.spec(), List.of(round), sample.outcome(),
                sample.refused(), sample.late(), sample.abandoned(), sample.trafficByNode(), sample.started(),
                sample.duration(), sample.setting(), sample.comparison());
        String page = HtmlReport.of(result);
        assertThat(page).contains(
                "<tr><th scope=\"row\">alice</th><td>–</td><td>1</td>",
                "<tr><th scope=\"row\">alice</th><td>–</td><td>1</td><td>50.0 %</td><td>–</td></tr>",
                "<th scope=\"row\">together</th><td>–</td>");
    }

    @Test
    void beforeTheFirstRoundNothingIsSpent() {
        assertThat(HtmlReport.of(PrivateRun.result(CENTRAL, 0))).contains("Nothing of the data is in a model");
    }

    @Test
    void noiseOfASimulationIsNoProtection() {
        RunResult run = PrivateRun.result(CENTRAL, 2);
        RunResult simulated = new RunResult(run.specText(), run.spec(), run.rounds(), run.outcome(), run.refused(),
                run.late(), run.abandoned(), run.trafficByNode(), run.started(), run.duration(),
                new RunResult.Setting(true, "simulated", "hansa simulate", "1"), run.comparison());
        assertThat(HtmlReport.of(simulated)).contains("whoever knows that can take the noise off");
        assertThat(HtmlReport.of(run)).doesNotContain("take the noise off");
    }

    @Test
    void theTableOfMetricsHasEpsilon() {
        RunResult result = PrivateRun.result(CENTRAL, 3);
        assertThat(MetricsCsv.of(result.rounds(), false, result.spent()).lines()
                .filter(line -> line.contains(",global,privacy,epsilon,")))
                .hasSize(3)
                .contains("3,global,privacy,epsilon," + result.spec().privacy().orElseThrow().epsilon(3));
        assertThat(SampleRun.result("r", 3, List.of("alice")).spent()).isEmpty();
    }
}
