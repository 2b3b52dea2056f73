package dev.hansa.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.PrivateRun;
import dev.hansa.cli.SampleRun;
import dev.hansa.cli.promise.Amount;
import java.util.List;
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
    void whatIsPromisedIsOfTheRoundsThatWereDone() {
        RunResult result = PrivateRun.result(CENTRAL, 7);
        double spent = result.spec().privacy().orElseThrow().epsilon(7);
        assertThat(HtmlReport.of(result)).contains(Amount.epsilon(spent), "with delta 1e-5", "add or remove one node",
                "Epsilon, as it grows from round to round", "The coordinator could see each node&#39;s update.",
                "Each round sent an update and nothing else.")
                .doesNotContain("no differential privacy", "with it went the number of rows");
    }

    @Test
    void localNoiseProtectsFromTheCoordinatorToo() {
        assertThat(HtmlReport.of(PrivateRun.result(LOCAL, 7))).contains("everybody: the coordinator",
                "privacy.exempt: evaluation").doesNotContain("The coordinator could see each node",
                        "It does not protect from");
    }

    @Test
    void beforeTheFirstRoundNothingIsSpent() {
        assertThat(HtmlReport.of(PrivateRun.result(CENTRAL, 0))).contains("Nothing of the data is in a model");
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
