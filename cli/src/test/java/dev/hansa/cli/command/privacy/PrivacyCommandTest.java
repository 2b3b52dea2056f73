package dev.hansa.cli.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.cli.Cli;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PrivacyCommandTest {
    @TempDir
    private static Path home;

    private static Cli ask(String options, String... more) {
        return Cli.run(home, Stream.concat(Stream.of("privacy"),
                Stream.concat(Arrays.stream(options.split(" ")), Arrays.stream(more))).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"poisson --q 0.01 --noise 1.1 --rounds 1000 --delta 1e-5, pld, 1.515370",
            "poisson --q 0.01 --noise 1.1 --rounds 1000 --delta 1e-5 --accountant rdp, rdp, 1.711770",
            "none --noise 4 --rounds 10 --delta 1e-5, pld, 3.341409",
            "fixed --q 0.1 --noise 1 --rounds 100 --delta 1e-5, rdp, 14.053750",
            "fixed --q 1 --noise 1 --rounds 1 --delta 1e-5, rdp, 4.728507",
            "poisson --q 0.5 --noise 1 --rounds 0 --delta 1e-5, pld, 0"})
    void epsilon(String options, String accountant, double epsilon) {
        JsonNode answer = ask("epsilon --sampling " + options, "--json").json();
        assertThat(answer.get("epsilon").asDouble()).isCloseTo(epsilon, within(1e-5));
        assertThat(answer.get("accountant").asString()).isEqualTo(accountant);
        assertThat(answer.get("assumed").size()).isEqualTo(3);
    }

    @Test
    void whatHasToBeTrueIsSaid() {
        Cli coins = ask("epsilon --sampling poisson --q 0.01 --noise 1.1 --rounds 1000 --delta 1e-5");
        assertThat(coins.code()).isZero();
        assertThat(coins.out()).contains("epsilon 1.5154 with delta 1e-5, by the pld accountant\n",
                "promised: add or remove one participant", "assumed: 1000 rounds",
                "a secret coin of its own that shows heads with probability 0.01",
                "deviation of 1.1 times the clip norm");

        Cli fixed = ask("epsilon --sampling fixed --q 0.10 --noise 2 --rounds 1 --delta 1e-5");
        assertThat(fixed.out()).contains("promised: replace one participant", "the part 0.10 of all participants",
                "deviation of 2 times twice the clip norm");

        Cli none = ask("epsilon --sampling none --noise 2 --rounds 1 --delta 1e-5");
        assertThat(none.out()).contains("promised: zero out one participant", "assumed: 1 round;",
                "everybody may know it");
    }

    @ParameterizedTest
    @CsvSource({"poisson --q 0.5 --noise 1 --rounds 99999999999 --delta 1e-5",
            "none --noise 1e-200 --rounds 10 --delta 1e-5",
            "none --noise 1e-160 --rounds 10 --delta 1e-5 --accountant rdp",
            "fixed --q 0.5 --noise 1e-200 --rounds 99999999999 --delta 1e-5"})
    void whatNoNumberBoundsIsInfinite(String options) {
        Cli cli = ask("epsilon --sampling " + options);
        assertThat(cli.err()).isEmpty();
        assertThat(cli.code()).isZero();
        assertThat(cli.out()).startsWith("epsilon is infinite with delta 1e-5, by the ")
                .contains("Nothing is promised: the noise is too little");

        JsonNode answer = ask("epsilon --sampling " + options, "--json").json();
        assertThat(answer.get("epsilon").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"poisson --q 0.5 --rounds 9223372036854775807 --delta 1e-5",
            "none --rounds 9223372036854775807 --delta 1e-5 --accountant rdp",
            "none --rounds 9223372036854775807 --delta 1e-5",
            "fixed --q 0.5 --rounds 9223372036854775807 --delta 1e-5"})
    void whatNoNoiseIsEnoughForIsRefused(String options) {
        Cli cli = ask("noise --epsilon 1e-3 --sampling " + options);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("no noise multiplier up to");
    }

    @Test
    void noise() {
        Cli cli = ask("noise --epsilon 4 --sampling poisson --q 0.05 --rounds 200 --delta 1e-4", "--json");
        assertThat(cli.json().get("noise").asDouble()).isCloseTo(0.9999145, within(1e-5));
        assertThat(ask("noise --epsilon 1 --sampling none --rounds 1 --delta 1e-5").out())
                .contains("noise multiplier 3.7307 for epsilon 1 with delta 1e-5, by the pld accountant");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "epsilon --sampling fixed --q 0.1 --noise 1 --rounds 1 --delta 1e-5 --accountant pld | Gaussian noise of multiplier 1.0 on a cohort of fixed size, 1 of 10: the worst neighbours of a cohort of fixed size are not known: ask the rdp accountant",
            "epsilon --sampling none --q 0.1 --noise 1 --rounds 1 --delta 1e-5 | --q is 0.1 with --sampling none",
            "epsilon --sampling poisson --noise 1 --rounds 1 --delta 1e-5 | --q is missing",
            "epsilon --sampling poisson --q 0 --noise 1 --rounds 1 --delta 1e-5 | --q is 0, expected",
            "epsilon --sampling fixed --q 1.1 --noise 1 --rounds 1 --delta 1e-5 | --q is 1.1, expected",
            "epsilon --sampling fixed --q 1e-10 --noise 1 --rounds 1 --delta 1e-5 | at most 9 digits",
            "epsilon --sampling poisson --q 0.1 --noise 0 --rounds 1 --delta 1e-5 | --noise is 0.0, expected",
            "epsilon --sampling poisson --q 0.1 --noise nan --rounds 1 --delta 1e-5 | found 'nan', expected a number",
            "epsilon --sampling poisson --q 0.1 --noise 1 --rounds many --delta 1e-5 | found 'many', expected a whole number",
            "epsilon --sampling poisson --q 0.1 --noise NaN --rounds 1 --delta 1e-5 | --noise is NaN, expected",
            "epsilon --sampling poisson --q 0.1 --noise 1 --rounds -1 --delta 1e-5 | --rounds is -1, expected",
            "epsilon --sampling poisson --q 0.1 --noise 1 --rounds 1 --delta 1 | delta is 1.0, expected",
            "epsilon --sampling poisson --q 0.1 --noise 1 --rounds 1 --delta 1e-13 | ask the rdp accountant",
            "epsilon --sampling shuffle --q 0.1 --noise 1 --rounds 1 --delta 1e-5 | poisson, fixed or none",
            "noise --epsilon 0 --sampling none --rounds 1 --delta 1e-5 | epsilon is 0.0, expected"})
    void whatMeansNothingIsRefused(String options, String reason) {
        Cli cli = ask(options);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains(reason).doesNotContain("\tat ");
        assertThat(cli.out()).isEmpty();
    }
}
