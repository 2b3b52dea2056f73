package dev.hansa.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.PrivateRun;
import dev.hansa.cli.SampleRun;
import dev.hansa.core.coordinator.RunSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report lists as protected is what was, and nothing stands in both lists. */
class ProtectionSectionTest {
    private static final String EXAMPLES = "{type: examples, clip: 1, noise: 2, sampling: 0.01, delta: 1e-6}";
    private static final String CENTRAL = "{type: central, clip: 1, noise: 2, delta: 1e-5}";
    private static final String LOCAL = "{type: local, clip: 1, noise: 20, delta: 1e-5%s}";
    private static final String NEVER_FEWER = "Never fewer than";

    /** Its lists of what was protected, and of what was not. */
    private record Lists(String kept, String open) {
        static Lists of(RunSpec spec) {
            return of(PrivateRun.result("", spec, 3));
        }

        static Lists of(RunResult result) {
            String section = ProtectionSection.of(result).toString();
            int open = section.indexOf("Not protected");
            return new Lists(section.substring(0, open), section.substring(open));
        }
    }

    @Test
    void aRunWithoutPrivacyGivesUpRoundsOfTooFewUpdates() {
        Lists lists = Lists.of(SampleRun.result("r", 3, List.of("alice", "bob")));
        assertThat(lists.kept()).contains(NEVER_FEWER + " 2 updates were combined", "the sum and the sum of squares");
        assertThat(lists.open()).doesNotContain("made of one update", "told without noise");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{type: local, clip: 1, noise: 20, delta: 1e-5} | if it is 1 update or more",
            CENTRAL + " | if only one or none"})
    void roundsThatCountWhateverComesAreNotSaidToNeedMore(String privacy, String why) {
        Lists lists = Lists.of(PrivateRun.spec(privacy));
        assertThat(lists.kept()).doesNotContain(NEVER_FEWER);
        assertThat(lists.open()).contains("made of one update", "cohort.minimumReports (2) does not hold", why);
    }

    @Test
    void distributedNoiseNeedsAsManyUpdatesAsTheFileSays() {
        assertThat(Lists.of(PrivateRun.spec("{type: distributed, clip: 1, noise: 2, delta: 1e-5}")).kept())
                .contains(NEVER_FEWER + " 2 updates were combined");
    }

    @Test
    void whereRowsAreHiddenTheirNumberGoesWithEachUpdate() {
        Lists lists = Lists.of(PrivateRun.ofSteps(EXAMPLES));
        assertThat(lists.kept()).contains("With it went the number of rows").doesNotContain("No number of rows",
                NEVER_FEWER, "nothing else");
        assertThat(lists.open()).contains("made of one update", "how many rows a node trains on",
                "and with each update");
        assertThat(Lists.of(PrivateRun.spec(CENTRAL)).kept()).contains("No number of rows", "nothing else");
    }

    @Test
    void sumsOverColumnsAreProtectedIfNoiseHidThem() {
        Lists hidden = Lists.of(PrivateRun.standardised(
                LOCAL.formatted(", statistics: {epsilon: 0.5, bounds: {x: [0, 10]}}, exempt: [evaluation]")));
        assertThat(hidden.kept()).contains("Sums over columns were hidden by noise", "It adds Gaussian noise")
                .doesNotContain("for each number column");
        assertThat(hidden.open()).contains("held-out rows").doesNotContain("sum of squares");

        Lists told = Lists.of(PrivateRun.standardised(LOCAL.formatted(", exempt: [evaluation, statistics]")));
        assertThat(told.kept()).doesNotContain("olumns were", "sum of squares", "number column");
        assertThat(told.open()).contains("told without noise", "sum of squares of each number column", "held-out rows");

        assertThat(Lists.of(PrivateRun.spec(LOCAL.formatted(""))).kept()).contains("Columns were not described");
    }
}
