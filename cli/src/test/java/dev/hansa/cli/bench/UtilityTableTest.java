package dev.hansa.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.bench.UtilityBench.Cell;
import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UtilityTableTest {
    @TempDir
    private Path folder;

    @Test
    void eachMechanismHasARowThatBeginsWithoutPrivacy() {
        List<Cell> cells = List.of(new Cell("", Double.POSITIVE_INFINITY, 0, List.of(0.9, 0.8, 0.85)),
                new Cell("central", 8, 1, List.of(0.7, 0.5, 0.6)), new Cell("local", 8, 2, List.of(0.2, 0.1, 0.3)));
        assertThat(UtilityTable.of(UtilityWork.HOSPITALS, 3, 0.52, cells)).contains("4 hospitals", "median of 3 seeds",
                "always to say the most frequent answer: 52.0 %", """
                        | mechanism | no privacy | ε = 8 |
                        |---|---|---|
                        | central | 85.0 % (80.0–90.0) | 60.0 % (50.0–70.0) |
                        | local | 85.0 % (80.0–90.0) | 20.0 % (10.0–30.0) |
                        """);
    }

    @Test
    void aPageKeepsWhatIsAroundItsTables() throws IOException {
        Path page = folder.resolve("page.md");
        assertThat(UtilityTable.page(page, "new\n")).isEqualTo(UtilityTable.BEGIN + "new\n" + UtilityTable.END);
        Files.writeString(page, "before\n" + UtilityTable.BEGIN + "old\n" + UtilityTable.END + "after\n");
        assertThat(UtilityTable.page(page, "new\n"))
                .isEqualTo("before\n" + UtilityTable.BEGIN + "new\n" + UtilityTable.END + "after\n");
    }

    @ParameterizedTest
    @EnumSource
    void everyWorkKeepsWithinItsBudget(UtilityWork work) {
        RunFile file = work.file().with(Map.of("privacy", work.privacy("central", 2)), "run.yaml");
        PrivacyPlan plan = file.spec().privacy().orElseThrow();
        assertThat(plan.rounds()).isEqualTo(file.spec().rounds());
        assertThat(plan.epsilon(plan.rounds())).isLessThanOrEqualTo(2).isGreaterThan(1.99);
        assertThat(work.file().spec().privacy()).isEmpty();
    }
}
