package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.spec.document.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where in the file it stands what cannot be promised, or hardly anybody means to promise. */
class PrivacyPlacesTest {
    private static final String RUN = """
            hansa: 1
            name: private
            data: {features: [x], label: {y: {type: category, values: [a, b]}}, standardise: false}
            model: softmax
            rounds: 20
            cohort: {nodes: 100, minimumReports: 2%s}
            privacy: %s
            """;

    private static List<Problem> problems(String cohort, String privacy) {
        return catchThrowableOfType(InvalidSpecException.class,
                () -> RunFile.parse(RUN.formatted(cohort, privacy), "run.yaml")).problems();
    }

    private static List<Problem> warnings(String cohort, String privacy) {
        return RunFile.parse(RUN.formatted(cohort, privacy), "run.yaml").warnings(Path.of("run.yaml"), 100);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "'' | {type: central, clip: 1, noise: 1, delta: 0.01} | privacy.delta | 52 | expected far below 0.01",
            "'' | {type: central, clip: 0, noise: 1, delta: 1e-5} | privacy.clip | 32 | a number greater than 0",
            "'' | {type: local, clip: -1, noise: 1, delta: 1e-5} | privacy.clip | 30 | a number greater than 0",
            "'' | {type: central, clip: 1, noise: 0, epsilon: 1, delta: 1e-5} | privacy.noise | 42 | greater than 0, or auto",
            "'' | {type: central, clip: {type: adaptive}, noise: 10, delta: 1e-5} | privacy.clip.noise | 32 | below twice that",
            "'' | {type: central, clip: 1, noise: 1, epsilon: 0.01, delta: 1e-5} | privacy.epsilon | 54 | more noise",
            "', size: 10' | {type: central, clip: 1, noise: 1, delta: 1e-5, accountant: pld} | privacy.accountant | 70 |"
                    + " expected auto",
            "', size: 10' | {type: central, clip: 1, epsilon: 3, delta: 1e-5, accountant: pld} | privacy.accountant | 72 |"
                    + " expected auto"})
    void aRefusalStandsAtItsKey(String cohort, String privacy, String path, int column, String remedy) {
        assertThat(problems(cohort, privacy)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.line()).isEqualTo(7);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.message()).contains(remedy);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{type: central, clip: 1, noise: 4, delta: 2e-3} | privacy.delta | in one run of 5",
            "{type: central, clip: 1, noise: 1, delta: 1e-5} | privacy.noise | promises next to nothing",
            "{type: central, clip: 1, epsilon: 20, delta: 1e-5} | privacy.epsilon | epsilon comes to 20",
            "{type: central, clip: 1, noise: 4, epsilon: 3, delta: 1e-5} | privacy.epsilon | of 20 rounds"})
    void whatHardlyAnybodyMeansIsWarnedOf(String privacy, String path, String reason) {
        assertThat(warnings("", privacy)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).contains(reason);
        });
    }

    @Test
    void aDeltaThatIsTooLargeForTheRowsOfAnyNodeIsWarnedOf() {
        String rows = "{type: examples, clip: 1, noise: 8, sampling: 0.1, delta: %s}\ntraining: {steps: 1}";
        assertThat(warnings("", rows.formatted("0.5"))).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("privacy.delta");
            assertThat(problem.message()).contains("a node that has 2 rows or more refuses", "such as 1e-5");
        });
        assertThat(warnings("", rows.formatted("1e-3"))).isEmpty();
    }

    @Test
    void whatIsMeantIsNotWarnedOf() {
        assertThat(warnings("", "{type: central, clip: 1, epsilon: 4, delta: 1e-5}")).isEmpty();
        assertThat(warnings("", "none")).isEmpty();
    }

    @Test
    void weightsThatNobodyTellsAreWarnedOf() {
        String privacy = "{type: central, clip: 1, epsilon: 4, delta: 1e-5}\nstrategy: {type: fedavg, weighting: ";
        assertThat(warnings("", privacy + "examples}")).singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("strategy.weighting"));
        assertThat(warnings("", privacy + "uniform}")).isEmpty();
    }
}
