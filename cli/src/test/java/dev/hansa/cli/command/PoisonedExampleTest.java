package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/robust.md, as it says to run it. */
class PoisonedExampleTest {
    private static final Path EXAMPLE = Path.of("../examples/poisoned").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void aRobustRuleServesHonestNodesWhereTheMeanDoesNot() throws IOException {
        String robust = Files.readString(EXAMPLE.resolve("run.yaml"));
        String mean = robust.replaceFirst("strategy: .*", "strategy: fedavg");

        assertThat(mean).isNotEqualTo(robust);
        assertThat(errorOfHonestNodes(mean)).isGreaterThan(6.5);
        assertThat(errorOfHonestNodes(robust)).isLessThan(4.8);
    }

    /** The mean RMSE of the nodes that are not mallory's, in thousand dollars, after the last round. */
    private double errorOfHonestNodes(String run) throws IOException {
        Path runFile = Files.writeString(folder.resolve("run.yaml"), run);
        Path out = folder.resolve("out");
        Cli cli = Cli.run(folder, "simulate", runFile.toString(), "--data", EXAMPLE.resolve("rows.csv").toString(),
                "--partition", "column:NODE", "--out", out.toString());
        assertThat(cli.code()).as(cli.err()).isZero();
        return Files.readAllLines(out.resolve("metrics.csv")).stream().map(line -> line.split(","))
                .filter(cells -> cells[0].equals("50") && cells[1].startsWith("node-") && cells[3].equals("rmse"))
                .mapToDouble(cells -> Double.parseDouble(cells[4])).average().orElseThrow();
    }
}
