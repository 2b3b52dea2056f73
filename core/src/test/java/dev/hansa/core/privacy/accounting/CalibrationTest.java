package dev.hansa.core.privacy.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.Oracle;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
    private static final RdpAccountant RDP = new RdpAccountant();
    private static final PldAccountant PLD = new PldAccountant();

    private static DoubleFunction<DpEvent> run(double rate, long rounds) {
        return noise -> new SelfComposed(new PoissonSampled(rate, new Gaussian(noise)), rounds);
    }

    private static Calibration calibration(PrivacyAccountant accountant, double epsilon, double delta) {
        return new Calibration(accountant, Adjacency.ADD_OR_REMOVE_ONE, epsilon, delta);
    }

    static List<Oracle> references() {
        return Oracle.cases("02_calibration.json");
    }

    @ParameterizedTest
    @MethodSource("references")
    void noiseOfTheReference(Oracle reference) {
        double rate = reference.get("q").number();
        long rounds = (long) reference.get("steps").number();
        double epsilon = reference.get("target_eps").number();
        double delta = reference.get("delta").number();

        double rdp = calibration(RDP, epsilon, delta).noiseMultiplier(run(rate, rounds));
        double theirs = reference.get("sigma_rdp").number();
        // theirs takes an upper bound of the divergences of orders that are no whole numbers: never less noise is enough
        assertThat(rdp).isBetween(theirs - (isBounded(reference) ? 1.4e-4 : 1e-4), theirs + 1e-5);
        double pld = calibration(PLD, epsilon, delta).noiseMultiplier(run(rate, rounds));
        assertThat(pld).isCloseTo(reference.get("sigma_pld").number(), within(1e-4));
        if (reference.has("sigma_analytic")) {
            assertThat(pld).isCloseTo(reference.get("sigma_analytic").number(), within(1e-5));
        }
    }

    /** Whether that bound costs more than 1e-4: {@link #leastNoiseWhereTheReferenceHasABound}. */
    private static boolean isBounded(Oracle reference) {
        return reference.get("q").number() == 0.01 && reference.get("target_eps").number() == 8;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1e-5, 1, 4.045386368854801, 3.730631634815947",
            "0.05, 200, 1e-4, 4, 1.0715746003313842, 0.9999145484028699"})
    void leastNoise(double rate, long rounds, double delta, double epsilon, double rdp, double pld) {
        assertThat(calibration(RDP, epsilon, delta).noiseMultiplier(run(rate, rounds))).isCloseTo(rdp, within(1e-4));
        double noise = calibration(PLD, epsilon, delta).noiseMultiplier(run(rate, rounds));
        assertThat(noise).isCloseTo(pld, within(1e-5));

        PrivacyCurve kept = PLD.curve(run(rate, rounds).apply(noise), Adjacency.ADD_OR_REMOVE_ONE);
        PrivacyCurve broken =
                PLD.curve(run(rate, rounds).apply(noise * (1 - 2e-6)), Adjacency.ADD_OR_REMOVE_ONE);
        assertThat(kept.epsilon(delta)).isLessThanOrEqualTo(epsilon);
        assertThat(broken.epsilon(delta)).isGreaterThan(epsilon);
    }

    static List<Oracle> oneRelease() {
        return Oracle.object("11_local_dp.json").get("analytic_gaussian").list();
    }

    @ParameterizedTest
    @MethodSource("oneRelease")
    void noiseOfOneReleaseIsTheAnalyticGaussian(Oracle reference) {
        double noise = calibration(PLD, reference.get("eps").number(), reference.get("delta").number())
                .noiseMultiplier(Gaussian::new);
        assertThat(noise).isCloseTo(reference.get("sigma_per_unit_sensitivity").number(), within(1e-4));
    }

    /** Integrated with 30 digits, ε is 8.0000 with this noise, and 7.9942 with that of the reference, which is 1.3e-4 more. */
    @Test
    void leastNoiseWhereTheReferenceHasABound() {
        assertThat(calibration(RDP, 8, 1e-5).noiseMultiplier(run(0.01, 1000))).isCloseTo(0.6157177, within(1e-6));
    }

    @Test
    void mostRounds() {
        DpEvent round = new PoissonSampled(0.02, new Gaussian(1));
        for (PrivacyAccountant accountant : List.of(RDP, PLD)) {
            Calibration calibration = calibration(accountant, 2, 1e-5);
            long rounds = calibration.rounds(round, 1_000_000);
            assertThat(accountant.curve(new SelfComposed(round, rounds), Adjacency.ADD_OR_REMOVE_ONE).epsilon(1e-5))
                    .isLessThanOrEqualTo(2);
            assertThat(accountant.curve(new SelfComposed(round, rounds + 1), Adjacency.ADD_OR_REMOVE_ONE).epsilon(1e-5))
                    .isGreaterThan(2);
            assertThat(calibration.rounds(round, rounds - 1)).isEqualTo(rounds - 1);
            assertThat(calibration.rounds(round, rounds)).isEqualTo(rounds);
            assertThat(calibration.rounds(round, 0)).isEqualTo(0);
        }
        assertThat(calibration(RDP, 1e-3, 1e-5).rounds(new Gaussian(1), 10)).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void epsilonIsPositive(double epsilon) {
        assertThatThrownBy(() -> calibration(RDP, epsilon, 1e-5)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("epsilon is " + epsilon);
    }

    @Test
    void whatCannotBeReachedIsRefused() {
        assertThatThrownBy(() -> calibration(RDP, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calibration(RDP, 1, 1e-5).rounds(new Gaussian(1), -1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("most is -1");
        assertThatThrownBy(() -> calibration(RDP, 1, 1e-5).noiseMultiplier(noise -> new NonPrivate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no noise multiplier up to 1000000.0 keeps within epsilon 1.0");
    }
}
