package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Bounds;
import dev.hansa.core.privacy.Accounting;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Mechanism.Central;
import dev.hansa.core.privacy.Mechanism.Correlated;
import dev.hansa.core.privacy.Mechanism.Distributed;
import dev.hansa.core.privacy.Mechanism.Local;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.privacy.clip.AdaptiveClip;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.protocol.Terms;
import dev.hansa.spec.document.InvalidSpecException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code privacy}. */
class PrivacyTest {
    private static final String RUN = """
            hansa: 1
            name: private
            data: {features: [x], label: {y: {type: category, values: [a, b]}}, standardise: false}
            model: softmax
            rounds: 20
            cohort: {nodes: 100, minimumReports: 2}
            """;

    private static RunSpec read(String privacy) {
        return RunFileTest.read(RUN + "privacy: " + privacy + "\n");
    }

    private static PrivacyPlan plan(String privacy) {
        return read(privacy).privacy().orElseThrow();
    }

    @Test
    void nothingIsPromisedUnlessItIsWritten() {
        assertThat(RunFileTest.read(RUN).privacy()).isEmpty();
        assertThat(read("none").privacy()).isEmpty();
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(plan("{type: central, clip: 0.5, noise: 1.2, delta: 1e-5}").privacy()).isEqualTo(new Privacy(
                new Central(Optional.empty()), 0.5, OptionalDouble.of(1.2), OptionalDouble.empty(), 1e-5,
                Optional.empty(), Set.of()));
        assertThat(
                plan("{type: local, clip: 2, noise: 8, delta: 1e-6, accountant: rdp, exempt: [evaluation, statistics]}")
                        .privacy())
                .isEqualTo(
                        new Privacy(new Local(), 2, OptionalDouble.of(8), OptionalDouble.empty(), 1e-6,
                                Optional.of(Accounting.RDP), Set.of(Exempt.EVALUATION, Exempt.STATISTICS)));
        assertThat(plan("{type: central, clip: {type: adaptive, initial: 0.3}, noise: 1, delta: 1e-5}").privacy()
                .mechanism()).isEqualTo(new Central(Optional.of(new AdaptiveClip(0.3, 0.5, 0.2, 5))));
        assertThat(plan("{type: correlated, clip: 1, noise: 2, delta: 1e-5}").privacy().mechanism())
                .isEqualTo(new Correlated());
        assertThat(plan("{type: distributed, clip: 1, noise: 2, delta: 1e-5}").privacy().mechanism())
                .isEqualTo(new Distributed(IntegerNoise.DISCRETE_GAUSSIAN, 20));
        assertThat(plan("{type: distributed, mechanism: skellam, bits: 16, clip: 1, noise: 2, delta: 1e-5}").privacy()
                .mechanism()).isEqualTo(new Distributed(IntegerNoise.SKELLAM, 16));
    }

    @Test
    void theNoiseFollowsFromTheBudget() {
        PrivacyPlan plan = plan("{type: central, clip: 1, epsilon: 4, delta: 1e-5}");
        assertThat(plan.epsilon(20)).isLessThanOrEqualTo(4).isCloseTo(4, within(1e-3));
        assertThat(plan.rounds()).isEqualTo(20);
        for (String type : List.of("local", "correlated", "distributed")) {
            PrivacyPlan other = plan("{type: " + type + ", clip: 1, epsilon: 4, delta: 1e-5}");
            assertThat(other.epsilon(20)).isLessThanOrEqualTo(4).isCloseTo(4, within(1e-3));
            assertThat(other.rounds()).isEqualTo(20);
        }
    }

    @Test
    void theRoundsFollowFromNoiseAndBudget() {
        RunSpec run = read("{type: central, clip: 1, noise: 3, epsilon: 4, delta: 1e-5}");
        PrivacyPlan plan = run.privacy().orElseThrow();
        assertThat(run.lastRound()).isLessThan(20).isEqualTo(plan.rounds());
        assertThat(plan.epsilon(plan.rounds())).isLessThanOrEqualTo(4);
        assertThat(plan.epsilon(plan.rounds() + 1)).isGreaterThan(4);
    }

    @Test
    void anAdaptiveClipWithoutKeysMayBeTheWordAlone() {
        assertThat(read("{type: central, clip: adaptive, noise: 1, delta: 1e-5}").privacy()).isPresent()
                .isEqualTo(read("{type: central, clip: {type: adaptive}, noise: 1, delta: 1e-5}").privacy());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{type: central, clip: 1, delta: 1e-5} | neither privacy.noise nor privacy.epsilon",
            "{type: central, clip: 1, noise: 1, delta: 0.01} | privacy.delta: it is 0.01, and there are 100 nodes",
            "{type: central, clip: 0, noise: 1, delta: 1e-5} | a number greater than 0",
            "{type: central, clip: 1, noise: 0, epsilon: 1, delta: 1e-5} | a number greater than 0",
            "{type: central, clip: {type: adaptive}, noise: 10, delta: 1e-5} | privacy.clip.noise: it is 5 (the deviation",
            "{type: central, clip: adaptive, noise: 10, delta: 1e-5} | below twice that, 10",
            "{type: central, clip: 1, noise: 1, epsilon: 0.01, delta: 1e-5} | one round costs",
            "{type: central, clip: 1, noise: 1, delta: 1e-5, exempt: [rows]} | evaluation",
            "{type: distributed, clip: 1, noise: 1, delta: 1e-5, bits: 25} | from 8 to 24",
            "{type: distributed, clip: 1, noise: 1e-4, delta: 1e-5, bits: 8} | more bits",
            "{type: distributed, clip: 1, epsilon: 4, delta: 1e-5, accountant: pld} | expected auto, which takes one that can",
            "{type: central, clip: 1e40, noise: 1, delta: 1e-5} | privacy.clip: it is 1.0E40, expected from 1.0E-20 to 1.0E20",
            "{type: local, clip: 1e-15, noise: 1e-8, delta: 1e-5} | the deviation of the noise is 1.0",
            "{type: central, clip: 1, noise: 1, delta: 1} | below 1"})
    void badPromisesAreRefusedWhereTheyStand(String privacy, String reason) {
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> read(privacy));
        assertThat(refusal).hasMessageContaining(reason).hasMessageContaining(":7:");
    }

    @Test
    void whatNodesTellBesideIsRefusedUnlessItIsExempt() {
        String run = RUN.replace(", standardise: false", ", holdOut: {every: 5}");
        String privacy = "privacy: {type: central, clip: 1, noise: 1, delta: 1e-5";
        InvalidSpecException refusal =
                catchThrowableOfType(InvalidSpecException.class, () -> RunFileTest.read(run + privacy + "}\n"));
        assertThat(refusal).hasMessageContaining("exempt: [evaluation]");
        assertThat(RunFileTest.read(run + privacy + ", exempt: [evaluation, statistics]}\n").privacy()).isPresent();
    }

    private static final String STANDARDISED = RUN.replace(", standardise: false", "").replace("[x]",
            "{x: number, z: number, c: {type: category, values: [p, q]}}") + """
                    privacy:
                      type: central
                      clip: 1
                      epsilon: 4
                      delta: 1e-5
                      statistics:
                        epsilon: 0.5
                        bounds: {x: [0, 1], z: [-5, 1e3]}
                    """;

    @Test
    void statisticsAreHiddenAtACostThatCounts() {
        PrivacyPlan plan = RunFileTest.read(STANDARDISED).privacy().orElseThrow();
        assertThat(plan.privacy().statistics()).contains(new Privacy.Statistics(0.5,
                new TreeMap<>(Map.of("x", new Bounds(0, 1), "z", new Bounds(-5, 1000)))));
        assertThat(plan.epsilon(0)).isLessThanOrEqualTo(0.5).isCloseTo(0.5, within(1e-5));
        assertThat(plan.epsilon(20)).isLessThanOrEqualTo(4).isCloseTo(4, within(1e-3));
        PrivacyPlan exempt = RunFileTest.read(STANDARDISED.replaceAll("(?s)statistics:.*", "exempt: [statistics]\n"))
                .privacy().orElseThrow();
        assertThat(plan.noise()).isGreaterThan(exempt.noise());
        String expanded = PrivacyText.of(RunFile.parse(STANDARDISED, "run.yaml"));
        assertThat(RunFileTest.read(STANDARDISED.replaceAll("(?s)privacy:.*", "") + expanded).privacy().orElseThrow()
                .event(20)).as(expanded).isEqualTo(plan.event(20));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "epsilon: 0.5 | epsilon: 0 | privacy.statistics.epsilon | a number greater than 0",
            "epsilon: 0.5 | epsilon: -1 | privacy.statistics.epsilon | a number greater than 0",
            "epsilon: 0.5 | epsilon: 4 | privacy.statistics.epsilon | less than privacy.epsilon",
            "'x: [0, 1], ' | '' | privacy.statistics.bounds | of all columns of numbers",
            "'x: [0, 1]' | 'x: [0, 1], c: [0, 1]' | privacy.statistics.bounds | of all columns of numbers",
            "'x: [0, 1]' | 'x: [1, 1]' | privacy.statistics.bounds.x | the smaller number first",
            "'x: [0, 1]' | 'x: [1, 0]' | privacy.statistics.bounds.x | the smaller number first",
            "'x: [0, 1]' | 'x: [0]' | privacy.statistics.bounds.x | a list of 2",
            "'x: [0, 1]' | 'x: [0, .inf]' | privacy.statistics.bounds.x | expected a number",
            "'bounds: {x: [0, 1], z: [-5, 1e3]}' | 'bounds: {}' | privacy.statistics.bounds | a mapping from the name",
            "'bounds: {x: [0, 1], z: [-5, 1e3]}' | '' | privacy.statistics.bounds | missing"})
    void statisticsThatCannotBeHiddenAreRefusedWhereTheyStand(String from, String to, String key, String reason) {
        String text = STANDARDISED.replace(from, to == null ? "" : to);
        assertThat(text).isNotEqualTo(STANDARDISED);
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> RunFileTest.read(text));
        assertThat(refusal).hasMessageContaining(": " + key).hasMessageContaining(reason);
    }

    @Test
    void cohortsOfFixedSizeAreNotChargedAsPoisson() {
        String sized = RUN.replace("minimumReports: 2", "minimumReports: 2, size: 10");
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> RunFileTest.read(
                sized + "privacy: {type: central, clip: 1, noise: 1, epsilon: 3, delta: 1e-5, accountant: pld}\n"));
        assertThat(refusal).hasMessageContaining("privacy");
        assertThat(RunFileTest.read(sized + "privacy: {type: central, clip: 1, noise: 4, delta: 1e-5}\n").privacy()
                .orElseThrow().accounting()).isEqualTo(Accounting.RDP);
    }

    private static final String STEPS = "training: {steps: 30}\n";

    @Test
    void rowsAreHiddenByTheStepsOfNodes() {
        RunSpec run = RunFileTest.read(
                RUN + STEPS + "privacy: {type: examples, clip: 0.5, noise: 1.1, sampling: 0.02, delta: 0.02}\n");
        PrivacyPlan plan = run.privacy().orElseThrow();
        assertThat(plan.privacy().mechanism()).isEqualTo(new Mechanism.Examples(0.02, 30));
        assertThat(plan.privacy().clip()).isEqualTo(0.5);
        assertThat(plan.noise()).isEqualTo(1.1);
        assertThat(plan.privacy().mechanism().protectsFromCoordinator()).isTrue();
        PrivacyPlan auto = RunFileTest.read(
                RUN + STEPS + "privacy: {type: examples, clip: 1, sampling: 0.02, epsilon: 3, delta: 1e-6}\n").privacy()
                .orElseThrow();
        assertThat(auto.epsilon(20)).isLessThanOrEqualTo(3).isCloseTo(3, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "training: {epochs: 2} | noise: 1, sampling: 0.1 | training.steps is epochs; expected training.steps",
            "training: {steps: 2} | noise: 0.1, sampling: 0.1 | the noise multiplier is 0.1, and nodes refuse less than 0.25",
            "training: {steps: 2} | epsilon: 1000, sampling: 0.1 | expected more noise, or a smaller epsilon",
            "training: {steps: 2} | noise: 1, sampling: 1e-13 | at least 1.0E-12",
            "training: {steps: 2} | noise: 1 | sampling",
            "training: {steps: 2} | noise: 1, sampling: 1.5 | a number above 0, at most 1",
            "training: {steps: 2} | noise: 1, sampling: 0.1, accountant: none | pld"})
    void badWaysToHideRowsAreRefusedWhereTheyStand(String training, String privacy, String reason) {
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> RunFileTest
                .read(RUN + training + "\nprivacy: {type: examples, clip: 1, " + privacy + ", delta: 1e-6}\n"));
        assertThat(refusal).hasMessageContaining(reason).hasMessageContaining(":8:");
    }

    @Test
    void nodesAreToldOfNoiseThatLastsAndOfTheirShares() {
        RunSpec lasting =
                RunFileTest.read(RUN.replace("minimumReports: 2", "size: 10, minimumReports: 2, separation: 3")
                        + "privacy: {type: correlated, clip: 1, noise: 8, delta: 1e-5}\n");
        Terms.Promise promise = lasting.terms().promise().orElseThrow();
        assertThat(promise.chance()).isEqualTo(new Terms.Chance.Rests(4));
        assertThat(new Gaussian(promise.noise())).as("all rounds at once")
                .isEqualTo(lasting.privacy().orElseThrow().event(20));
        Terms shares = read("{type: distributed, clip: 1, noise: 2, delta: 1e-5}").terms();
        assertThat(shares.promise()).isEmpty();
        assertThat(shares.ownNoise()).as("of two who are there for sure").isCloseTo(2 / Math.sqrt(2), within(1e-9));
        assertThat(read("{type: local, clip: 2, noise: 8, delta: 1e-5}").terms().ownNoise()).isEqualTo(8);
    }
}
