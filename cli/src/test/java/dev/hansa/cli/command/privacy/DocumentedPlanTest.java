package dev.hansa.cli.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan that docs/privacy.md shows is what its command prints. */
class DocumentedPlanTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String RUN_FILE = "examples/hospitals/private.yaml";
    private static final String COMMAND = "$ hansa privacy plan " + RUN_FILE;

    @TempDir
    private Path home;

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Test
    void eachLineOfTheDocumentedPlanIsPrinted() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("docs/privacy.md"));
        int from = lines.indexOf(COMMAND) + 1;
        assertThat(from).as("docs/privacy.md says '%s'", COMMAND).isPositive();
        List<String> shown = lines.subList(from, lines.size()).stream().takeWhile(line -> !line.equals("```"))
                .filter(line -> line.chars().anyMatch(Character::isLetterOrDigit)).toList();

        Cli plan = Cli.run(home, "privacy", "plan", ROOT.resolve(RUN_FILE).toString());
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(shown).hasSizeGreaterThan(10)
                .allSatisfy(line -> assertThat(words(plan.out())).contains(words(line)));
    }
}
