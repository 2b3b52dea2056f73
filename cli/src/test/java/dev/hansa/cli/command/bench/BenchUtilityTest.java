package dev.hansa.cli.command.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hansa.cli.Cli;
import dev.hansa.cli.example.DataSet;
import dev.hansa.cli.example.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BenchUtilityTest {
    @TempDir
    private Path home;

    @Test
    void measuresEachMechanismOnRealData() throws IOException {
        Optional<Path> data = DataSet.besides(Path.of(""))
                .filter(place -> Examples.named("hospitals").data().in(place).isPresent());
        assumeTrue(data.isPresent(), "the data of hospitals is not here");
        Path page = home.resolve("utility.md");
        Cli cli = Cli.run(home, "bench", "utility", "--data", data.orElseThrow().toString(), "--work", "hospitals",
                "--seeds", "1", "--epsilon", "1000000", "--markdown", page.toString(), "--json");
        assertThat(cli.code()).as(cli.err()).isZero();
        JsonNode cells = cli.json().get("hospitals").get("cells");
        assertThat(cells).hasSize(4);
        // with next to no noise a model learns though updates are clipped
        assertThat(cells).allSatisfy(
                cell -> assertThat(cell.get("accuracy").get(0).asDouble()).isGreaterThan(0.65));
        assertThat(cells.get(0).get("epsilon").isNull()).isTrue();
        assertThat(Files.readString(page)).contains("| central | ", "| distributed | ", "| local | ");
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        assertThat(Cli.run(home, "bench", "utility", "--seeds", "0").err()).contains("--seeds is 0");
        assertThat(Cli.run(home, "bench", "utility", "--epsilon", "4,0").err()).contains("--epsilon is 0");
        assertThat(Cli.run(home, "bench", "utility", "--work", "phones").err()).contains("--work is phones");
    }
}
