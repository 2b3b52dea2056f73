package dev.hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void theManualsTableSaysWhatTheHelpSays() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/command-line.md"));
        assertThat(List.of(ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE,
                ExitCode.Help.INTERRUPTED)).hasSameSizeAs(ExitCode.values()).allSatisfy(help -> assertThat(rows)
                        .anyMatch(row -> row.startsWith("| " + help.replaceFirst(":", " | ") + " |")));
    }
}
