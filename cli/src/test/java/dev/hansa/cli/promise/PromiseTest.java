package dev.hansa.cli.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.cli.PrivateRun;
import dev.hansa.spec.RunFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromiseTest {
    private static Promise promise(String privacy) {
        return Promise.of(PrivateRun.spec(privacy)).orElseThrow();
    }

    private static Promise standardised(String privacy) {
        return Promise.of(PrivateRun.standardised(privacy)).orElseThrow();
    }

    @Test
    void theCoordinatorIsNamedIfItHasToBeTrusted() {
        Promise central = promise("{type: central, clip: 1, noise: 1, delta: 1e-5}");
        assertThat(central.notFrom()).hasValueSatisfying(who -> assertThat(who).contains("the coordinator"));
        assertThat(central.adjacency()).isEqualTo("add or remove one node");
        assertThat(central.sampling()).contains("probability 0.1");

        Promise local = promise("{type: local, clip: 1, noise: 1, delta: 1e-5}");
        assertThat(local.notFrom()).isEmpty();
        assertThat(local.adjacency()).isEqualTo("replace one node");
        assertThat(local.sampling()).contains("No chance is claimed");
        assertThat(local.known()).anySatisfy(one -> assertThat(one).contains("which nodes take part"));
    }

    /** 100 updates a round on average, 4 numbers in a model of one column and two classes. */
    @Test
    void noiseIsTakenOfTheMeanInTheUnitsOfUpdates() {
        Promise central = promise("{type: central, clip: 0.5, noise: 2, delta: 1e-5}");
        assertThat(central.deviationOfMean()).isCloseTo(2 * 0.5 / 100, within(1e-15));
        assertThat(central.lengthOfNoise()).isCloseTo(2 * Math.sqrt(4) / 100, within(1e-15));
        Promise local = promise("{type: local, clip: 0.5, noise: 2, delta: 1e-5}");
        assertThat(local.deviationOfMean()).isCloseTo(2 * 0.5 / Math.sqrt(1000), within(1e-15));
    }

    @Test
    void rowsAreWhatIsHiddenWhereTheyAre() {
        String privacy = "{type: examples, clip: 0.5, noise: 2, sampling: 0.01, delta: 1e-6}";
        Promise rows = Promise.of(RunFile.parse(PrivateRun.file(privacy) + "training: {steps: 5}\n", "run.yaml").spec())
                .orElseThrow();
        assertThat(rows.unit()).isEqualTo("each row");
        assertThat(rows.adjacency()).isEqualTo("zero out one row");
        assertThat(rows.notFrom()).isEmpty();
        assertThat(rows.how()).contains("5 steps a round").contains("DP-SGD");
        assertThat(rows.sampling()).contains("probability 0.01").contains("in secret");
        assertThat(rows.strength()).contains("a deviation of 1.000 in each value of the sum of a step's gradients");
        assertThat(rows.inWords(1)).allSatisfy(words -> assertThat(words).doesNotContain("node"));
    }

    @Test
    void whatNodesTellWithoutNoiseIsNamed() {
        assertThat(promise("{type: local, clip: 1, noise: 1, delta: 1e-5}").unprotected()).hasSize(1);
        String exempt = "{type: local, clip: 1, noise: 1, delta: 1e-5, exempt: [evaluation, statistics]}";
        assertThat(promise(exempt).unprotected()).as("of columns nothing is asked").hasSize(2);
        assertThat(standardised(exempt).unprotected()).hasSize(3)
                .anySatisfy(one -> assertThat(one).contains("held-out rows"))
                .anySatisfy(one -> assertThat(one).contains("sum of squares"));
    }

    @Test
    void hiddenStatisticsAreToldWithTheirCost() {
        assertThat(promise("{type: local, clip: 1, noise: 1, delta: 1e-5}").statistics()).isEmpty();
        Promise promise = standardised("{type: local, clip: 1, noise: 1, delta: 1e-5, exempt: [evaluation],"
                + " statistics: {epsilon: 0.5, bounds: {x: [0, 10]}}}");
        assertThat(promise.unprotected()).noneSatisfy(one -> assertThat(one).contains("sum of squares"));
        HiddenStatistics told = promise.statistics().orElseThrow();
        assertThat(told.epsilon()).isCloseTo(0.5, within(1e-5));
        assertThat(told.inWords()).contains("1 column of numbers", "It adds Gaussian noise", "costs epsilon 0.5",
                "each node counts the same");
        assertThat(PromiseJson.of(promise, promise.curve()).get("statistics")).asString().contains("columns=[x]");
    }

    @Test
    void aBudgetThatEndsTheRunIsSaid() {
        Promise promise = promise("{type: local, clip: 1, noise: 20, epsilon: 1, delta: 1e-5}");
        assertThat(promise.plan().rounds()).isBetween(1, 19);
        assertThat(promise.budget()).contains("lasts for " + promise.plan().rounds() + " of 20 rounds");
    }

    /** e^ε p / (1 − p + e^ε p). */
    @ParameterizedTest
    @CsvSource({"0, 0.5, 0.5", "1, 0.5, 0.731058578630", "4, 0.01, 0.3554609871366468", "800, 0.01, 1"})
    void oddsAreMultiplied(double epsilon, double before, double after) {
        assertThat(new Odds(epsilon).after(before)).isCloseTo(after, within(1e-9));
    }

    @Test
    void whatIsPromisedIsWorkedOutInWords() {
        Promise promise = promise("{type: central, clip: 1, noise: 1, delta: 1e-5}");
        List<String> words = promise.inWords(1);
        assertThat(String.join(" ", words)).contains("multiplied by 2.72 at most", "73.2 % sure", "a strong promise",
                "probability of 1e-5");
        assertThat(String.join(" ", promise.inWords(30))).contains("as good as sure", "next to nothing is promised");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 | 1", "4 | 54.6", "8 | 2,981", "10 | 23,000", "20 | 490,000,000",
            "100 | 10 to the power of 44"})
    void factorsAreReadable(double epsilon, String factor) {
        assertThat(new Odds(epsilon).factor()).isEqualTo(factor);
    }

    @ParameterizedTest
    @CsvSource({"3.99991, 4", "0.123401, 0.1235", "0, 0", "12345.6, 12350", "Infinity, infinite"})
    void epsilonIsNeverShownSmaller(double epsilon, String text) {
        assertThat(Amount.epsilon(epsilon)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1e-5, 1e-5", "2.5e-7, 2.5e-7", "0.001, 0.001"})
    void deltaIsShownAsItIsWritten(double delta, String text) {
        assertThat(Amount.written(delta)).isEqualTo(text);
    }
}
