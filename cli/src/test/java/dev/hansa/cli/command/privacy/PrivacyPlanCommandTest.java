package dev.hansa.cli.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.hansa.cli.Cli;
import dev.hansa.cli.PrivateRun;
import dev.hansa.core.coordinator.PrivacyPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PrivacyPlanCommandTest {
    private static final String CENTRAL = "{type: central, clip: 0.5, epsilon: 4, delta: 1e-5}";

    @TempDir
    private Path folder;

    private Cli plan(String privacy, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), PrivateRun.file(privacy));
        String[] args = new String[3 + more.length];
        args[0] = "privacy";
        args[1] = "plan";
        args[2] = file.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return Cli.run(folder, args);
    }

    @Test
    void tellsPeopleWhatIsPromised() throws IOException {
        Cli cli = plan(CENTRAL);
        assertThat(cli.code()).isZero();
        assertThat(cli.out()).contains("epsilon 4 with delta 1e-5, central, for each node as a whole, after 20 rounds",
                "not          from the coordinator", "the noise × 1.25", "twice the rate");
    }

    @ParameterizedTest
    @ValueSource(strings = {CENTRAL, "{type: local, clip: 0.5, epsilon: 40, delta: 1e-5}"})
    void theCommandThatIsNamedTellsTheSameEpsilon(String privacy) throws IOException {
        String text = plan(privacy).out().replaceAll("\\s+", " ");
        Matcher command = Pattern.compile("'hansa (privacy epsilon [^']+)'").matcher(text);
        assertThat(command.find()).as(text).isTrue();
        List<String> options = new ArrayList<>(List.of(command.group(1).split(" ")));
        options.add("--json");
        Cli asked = Cli.run(folder, options.toArray(String[]::new));
        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(asked.json().get("epsilon").asDouble())
                .isCloseTo(plan(privacy, "--json").json().get("epsilon").asDouble(), withinPercentage(0.01));
    }

    @Test
    void ofHardlyAnyNoiseNoFactorIsClaimed() throws IOException {
        Cli cli = plan("{type: central, clip: 0.5, noise: 1e-10, delta: 1e-5}");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out().replaceAll("\\s+", " ")).contains("private: epsilon 1000000000000000000000 with",
                "multiplied by any number");
    }

    @Test
    void tellsMachinesTheSameThatTheRunKeeps() throws IOException {
        PrivacyPlan kept = PrivateRun.spec(CENTRAL).privacy().orElseThrow();
        JsonNode json = plan(CENTRAL, "--json").json();
        assertThat(json.get("private").asBoolean()).isTrue();
        assertThat(json.get("epsilon").asDouble()).isEqualTo(kept.epsilon(20)).isCloseTo(4, within(1e-3));
        assertThat(json.get("rounds").asInt()).isEqualTo(20);
        JsonNode first = json.get("curve").get(0);
        assertThat(first.get("round").asInt()).isEqualTo(1);
        assertThat(first.get("epsilon").asDouble()).isEqualTo(kept.epsilon(1));
    }

    @Test
    void whatOtherSettingsWouldChangeGoesTheRightWay() throws IOException {
        JsonNode json = plan(CENTRAL, "--json").json();
        double epsilon = json.get("epsilon").asDouble();
        assertThat(json.get("changes")).hasSize(7).allSatisfy(change -> {
            boolean more =
                    change.get("change").asString().matches("twice the rounds|twice the rate|a delta of a tenth");
            assertThat(change.get("epsilon").asDouble() > epsilon).as(change.toString()).isEqualTo(more);
        });
    }

    @Test
    void aRunThatPromisesNothingSaysSo() throws IOException {
        Cli cli = plan("none");
        assertThat(cli.code()).isZero();
        assertThat(cli.out()).startsWith("private: no differential privacy\n").doesNotContain("\033");
        assertThat(plan("none", "--json").json().get("private").asBoolean()).isFalse();
    }

    @Test
    void thePageStandsAlone() throws IOException {
        Path page = folder.resolve("privacy.html");
        assertThat(plan(CENTRAL, "--report", page.toString()).code()).isZero();
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("add or remove one node", "<svg")
                .doesNotContain("<script", "http://", "https://");
    }

    @Test
    void aFileThatIsNoReportIsNotReplaced() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "hansa: 1");
        Cli cli = plan(CENTRAL, "--report", policy.toString());
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("policy.yaml is there and is no report of Hansa's");
        assertThat(policy).hasContent("hansa: 1");
    }

    @Test
    void aFileWithProblemsIsRefusedWithTheirPlace() throws IOException {
        Cli cli = plan("{type: central, clip: 0, noise: 1, delta: 1e-5}");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("run.yaml:7:", "privacy.clip");
    }
}
