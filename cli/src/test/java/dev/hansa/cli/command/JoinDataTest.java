package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows a node offers. */
class JoinDataTest {
    @TempDir
    Path home;

    @Test
    void oneFileIsNotTwoDataSetsWithABudgetEach() throws IOException {
        Path file = Files.writeString(home.resolve("f.csv"), "x,y\n1,2\n");
        Path link = Files.createSymbolicLink(home.resolve("link.csv"), file);
        for (Path same : new Path[]{file, home.resolve("./f.csv"), link}) {
            Cli join = Cli.run(home, "join", "--data", "a=" + file, "--data", "b=" + same, "--state",
                    home.resolve("node").toString());
            assertThat(join.code()).isEqualTo(2);
            assertThat(join.err()).contains(same + " two names, a and b", "a budget of its own");
        }
    }

    @Test
    void equalRowsInTwoFilesAreTwoDataSets() throws IOException {
        Path file = Files.writeString(home.resolve("f.csv"), "x,y\n1,2\n");
        Path copy = Files.copy(file, home.resolve("copy.csv"));
        Cli join = Cli.run(home, "join", "--data", "a=" + file, "--data", "b=" + copy, "--state",
                Files.createDirectories(home.resolve("node")).toString());
        assertThat(join.err()).as("a node that never joined").contains("no node has joined")
                .doesNotContain("two names");
    }
}
