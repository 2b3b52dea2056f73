package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import dev.hansa.cli.PrivateRun;
import dev.hansa.core.coordinator.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theReferenceIsItselfAValidRunFile() throws IOException {
        Cli reference = Cli.run(folder, "spec");
        assertThat(reference.code()).isZero();
        Path file = Files.writeString(folder.resolve("run.yaml"), reference.out());

        Cli check = Cli.run(folder, "spec", "check", file.toString());
        assertThat(check.code()).isZero();
        assertThat(check.out()).contains("is valid");
        assertThat(Cli.run(folder, "spec", "check", file.toString(), "--json").json().get("valid").asBoolean())
                .isTrue();
    }

    @Test
    void expandTellsWhatANameStandsFor() throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"),
                "hansa: 1\nname: x\ndata: {features: [a], label: b}\nmodel: linear\nrounds: 3\nstrategy: fedadam\n");
        Cli expanded = Cli.run(folder, "spec", "expand", file.toString());
        assertThat(expanded.code()).isZero();
        assertThat(expanded.out()).contains("  type: combined\n",
                "  server: {type: adam, rate: 0.01, beta1: 0.9, beta2: 0.99, tau: 0.001");
        assertThat(Cli.run(folder, "spec", "expand", file.toString(), "--json").json().get("spec").asString())
                .isEqualTo(expanded.out());
    }

    @Test
    void whatIsPromisedIsExpandedToTheSameRun() throws IOException {
        for (String clip : List.of("0.5", "{type: adaptive, initial: 0.2}")) {
            String privacy = "{type: central, clip: " + clip + ", epsilon: 4, delta: 1e-5, exempt: [evaluation]}";
            Path file = Files.writeString(folder.resolve("run.yaml"), PrivateRun.file(privacy));
            String expanded = Cli.run(folder, "spec", "expand", file.toString()).out();
            RunSpec again = PrivateRun.spec(expanded.substring(expanded.indexOf("privacy:") + 8));
            assertThat(again.privacy()).isPresent();
            assertThat(again.privacy().get().epsilon(20))
                    .isEqualTo(PrivateRun.spec(privacy).privacy().orElseThrow().epsilon(20));
        }
    }

    @Test
    void checkSaysWhatIsPromised() throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"),
                PrivateRun.file("{type: central, clip: 1, epsilon: 4, delta: 1e-5}"));
        assertThat(Cli.run(folder, "spec", "check", file.toString()).out())
                .contains("privacy: epsilon 4 with delta 1e-5");
        Files.writeString(file, PrivateRun.file("none"));
        assertThat(Cli.run(folder, "spec", "check", file.toString()).out()).contains("privacy: none");
    }

    @Test
    void checkNamesAllProblems() throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), "hansa: 1\nname: x\nmodle: linear\n");
        Cli check = Cli.run(folder, "spec", "check", file.toString());
        assertThat(check.code()).isEqualTo(2);
        assertThat(check.err()).contains("run.yaml:3:1: ", "model");
        assertThat(check.out()).isEmpty();

        Cli json = Cli.run(folder, "spec", "check", file.toString(), "--json");
        assertThat(json.code()).isEqualTo(2);
        assertThat(json.json().get("problems"))
                .anySatisfy(problem -> assertThat(problem.get("line").asInt()).isEqualTo(3));
    }

    @Test
    void checkWarnsOfWhatHasNoEffect() throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), """
                hansa: 1
                name: lines
                data: {features: [x], label: y, holdOut: {every: 4}}
                model: linear
                rounds: 2
                cohort: {size: 3}
                """);
        Cli check = Cli.run(folder, "spec", "check", file.toString());
        assertThat(check.code()).isZero();
        assertThat(check.err()).startsWith("hansa: warning: ").contains("run.yaml:6:16: cohort.size: 3 nodes");
        assertThat(Cli.run(folder, "spec", "check", file.toString(), "--json").json().get("warnings").get(0)
                .get("path").asString()).isEqualTo("cohort.size");
    }
}
