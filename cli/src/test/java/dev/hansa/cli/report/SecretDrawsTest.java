package dev.hansa.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.PrivateRun;
import dev.hansa.cli.SampleRun;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import dev.hansa.spec.RunFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of runs to be handed on, where nobody may know who was drawn, and where everybody may. */
class SecretDrawsTest {
    private static final String COINS = "select: {type: poisson, rate: 0.1}";
    private static final String CENTRAL = "{type: central, clip: 1, noise: 2, delta: 1e-5, exempt: [evaluation]}";
    private static final List<String> DRAWN = List.of("alice", "bob", "clara", "dora", "emil", "fritz");

    private static RunSpec spec(String cohort, String privacy) {
        return RunFile.parse(PrivateRun.file(privacy).replace(COINS, cohort), "run.yaml").spec();
    }

    private static ClientRound part(boolean counted, boolean measured) {
        return new ClientRound(Metrics.NONE,
                measured ? new Metrics(new TreeMap<>(Map.of(Metrics.EXAMPLES, 7.0, Metrics.ACCURACY, 0.7)))
                        : Metrics.NONE,
                new Traffic(123_456, 654_321), OptionalDouble.empty(),
                counted ? OptionalDouble.of(1) : OptionalDouble.empty());
    }

    /** In which each of those has another part. */
    private static RunResult result(RunSpec spec) {
        SortedMap<String, ClientRound> parts = new TreeMap<>(Map.of("alice", part(true, false), "measurer",
                part(false, true)));
        RoundRecord round = new RoundRecord(1, Metrics.NONE, part(false, true).evaluation(), parts,
                Duration.ofMillis(1234), new TreeMap<>(Map.of("bob", "too large")),
                new TreeSet<>(List.of("alice", "bob", "clara")));
        return new RunResult("", spec, List.of(round),
                new RunEvent.Failed("round 2 diverged: made of the updates of emil"),
                new TreeMap<>(Map.of("dora", "not mine")),
                List.of(new RunEvent.ClientLate(1, "fritz", RunEvent.Phase.FIT, Duration.ofSeconds(2))), List.of(),
                new TreeMap<>(Map.of("alice", new Traffic(123_456, 654_321), "emil", new Traffic(1, 2))),
                Instant.EPOCH, Duration.ofSeconds(9), new RunResult.Setting(false, "", "", ""), Optional.empty(),
                Closing.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {COINS, "size: 3, select: uniform"})
    void nobodyWhoWasDrawnIsNamedNorHowManyTheyWere(String cohort) {
        RunResult run = result(spec(cohort, CENTRAL));
        assertThat(SecretDraws.count(run.spec())).isTrue();
        String page = HtmlReport.of(run);
        assertThat(page).doesNotContain(DRAWN).doesNotContain("updates counted", "rounds asked", "1.234");
        assertThat(page).contains("nobody knowing who was drawn", "a node (1)", "not mine", "measurer",
                "&#39;hansa runs show&#39; tells it to whoever runs the coordinator",
                "Neither the report nor metrics.csv tells it");
        assertThat(MetricsCsv.of(run)).doesNotContain(DRAWN).doesNotContain("asked", "traffic", "discardedUpdates")
                .contains("1,measurer,evaluation,accuracy,0.7", "1,global,evaluation,accuracy,0.7",
                        "1,global,privacy,epsilon,");
    }

    @ParameterizedTest
    @ValueSource(strings = {CENTRAL, "{type: local, clip: 1, noise: 20, delta: 1e-5, exempt: [evaluation]}"})
    void whereEverybodyMayKnowEachIsNamed(String privacy) {
        RunResult run = result(spec("select: uniform", privacy));
        assertThat(SecretDraws.count(run.spec())).isFalse();
        assertThat(HtmlReport.of(run)).contains("alice", "bob", "dora", "emil", "fritz")
                .contains("1.234").doesNotContain("nobody knowing who was drawn");
        assertThat(MetricsCsv.of(run)).contains("1,clara,training,asked,1", "1,bob,training,discardedUpdates,1",
                "1,alice,traffic,bytesToNode,123456");
    }

    /** Who was never drawn has no layers of its own, and so measures nothing. */
    @Test
    void whoMeasuresIsHiddenWhereItTellsWhoWasDrawn() {
        String layers = "personalization: {type: fedper, layers: [\"*bias\"]}\n";
        RunSpec spec = RunFile.parse(PrivateRun.file(CENTRAL) + layers, "run.yaml").spec();
        RunResult run = result(spec).with(new Closing(new TreeSet<>(List.of(RunEvent.Phase.PERSONALISE)),
                new TreeMap<>(Map.of("alice", new Closing.Personal(Metrics.NONE, part(false, true).evaluation())))));
        assertThat(HtmlReport.of(run)).doesNotContain(DRAWN).doesNotContain("measurer");
        assertThat(MetricsCsv.of(run)).doesNotContain(DRAWN).doesNotContain("measurer").contains("1,global,evaluation");
    }

    @Test
    void aRunThatPromisesNothingIsToldWhole() {
        RunResult run = SampleRun.result("r", 3, List.of("alice", "bob"));
        assertThat(SecretDraws.hide(run)).isSameAs(run);
    }
}
