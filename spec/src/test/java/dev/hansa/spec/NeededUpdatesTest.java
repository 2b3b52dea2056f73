package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RunSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run tells nodes of the fewest updates in a sum is what its rounds need. */
class NeededUpdatesTest {
    private static final String FILE = """
            hansa: 1
            name: lines
            data: {features: [x], label: {y: {type: category, values: [a, b]}}, standardise: false}
            model: softmax
            rounds: 3
            training: {steps: 2, rate: 0.1}
            evaluation: {every: 0}
            cohort: {nodes: 10, minimumReports: 5, select: SELECT}
            """;
    private static final String COINS = "{type: poisson, rate: 0.9}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "uniform|strategy: fedavg|5|5",
            COINS + "|strategy: fedavg|5|5",
            "uniform|privacy: {type: central, clip: 1, noise: 2, delta: 1e-5}|5|5",
            COINS + "|privacy: {type: central, clip: 1, noise: 2, delta: 1e-5}|0|1",
            "uniform|privacy: {type: distributed, clip: 1, noise: 2, delta: 1e-5}|5|5",
            "uniform|privacy: {type: local, clip: 1, noise: 20, delta: 1e-5}|1|1",
            COINS + "|privacy: {type: local, clip: 1, noise: 20, delta: 1e-5}|1|1",
            "uniform|privacy: {type: examples, clip: 1, noise: 2, sampling: 0.1, delta: 1e-5}|1|1",
            "uniform|privacy: {type: examples, clip: 1, noise: 2, sampling: 0.1, delta: 1e-5}^"
                    + "strategy: {type: combined, aggregate: {type: krum, f: 1}}|5|5"})
    void roundsNeedWhatNodesAreTold(String select, String rest, int needed, int told) {
        RunSpec run = RunFileTest.read(FILE.replace("SELECT", select) + rest.replace('^', '\n') + "\n");
        assertThat(run.neededUpdates()).isEqualTo(needed);
        assertThat(run.terms().leastUpdates()).isEqualTo(told);
    }
}
