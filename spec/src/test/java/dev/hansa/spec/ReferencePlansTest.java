package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.hansa.core.Oracle;
import dev.hansa.core.coordinator.PrivacyPlan;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What run files promise, against numbers that other programs computed. */
class ReferencePlansTest {

    private static PrivacyPlan plan(String rounds, String cohort, String privacy) {
        return RunFileTest.read("""
                hansa: 1
                name: reference
                data: {features: [x], label: {y: {type: category, values: [a, b]}}, standardise: false}
                model: softmax
                """ + "rounds: " + rounds + "\ncohort: {" + cohort + "}\nprivacy: {" + privacy + "}\n").privacy()
                .orElseThrow();
    }

    private static String whole(Oracle number) {
        return String.format(Locale.ROOT, "%.0f", number.number());
    }

    private static String exact(double number) {
        return Double.toString(number);
    }

    static List<Oracle> coins() {
        return Oracle.cases("01_accounting_eps.json");
    }

    @ParameterizedTest
    @MethodSource("coins")
    void cohortsByCoinsCostWhatTheReferencesSay(Oracle reference) {
        long nodes = 1 + (long) Math.ceil(2 / reference.get("q").number()); // two in a round on average at least
        String cohort = "nodes: " + nodes + ", minimumReports: 2, select: {type: poisson, rate: "
                + exact(reference.get("q").number()) + "}";
        String privacy = "type: central, clip: 0.3, noise: " + exact(reference.get("sigma").number()) + ", delta: "
                + exact(reference.get("delta").number());
        int rounds = (int) reference.get("steps").number();
        double tight = plan(whole(reference.get("steps")), cohort, privacy).epsilon(rounds);
        assertThat(tight).isBetween(reference.get("eps_true_lo").number() - 1e-9,
                reference.get("eps_true_hi").number() + 1e-9)
                .isCloseTo(reference.get("eps_pld_google").number(), within(1e-5));
        double byDivergence =
                plan(whole(reference.get("steps")), cohort, privacy + ", accountant: rdp").epsilon(rounds);
        assertThat(byDivergence).isCloseTo(reference.get("eps_rdp_quadrature").number(), within(1e-6));
    }

    static List<Oracle> sizes() {
        return Oracle.cases("02_fixed_size_sampling.json");
    }

    /** The noise of a file is told in clips, that of the reference in what one node for another can move: two clips. */
    @ParameterizedTest
    @MethodSource("sizes")
    void cohortsOfFixedSizeCostWhatTheReferenceSays(Oracle reference) {
        PrivacyPlan plan = plan(whole(reference.get("steps")),
                "nodes: " + whole(reference.get("population")) + ", minimumReports: 2, size: "
                        + whole(reference.get("cohort")),
                "type: central, clip: 2, noise: " + exact(2 * reference.get("sigma").number()) + ", delta: "
                        + exact(reference.get("delta").number()));
        assertThat(plan.epsilon((int) reference.get("steps").number())).isCloseTo(
                reference.get("eps_rdp_fixed_size_replace_one_sigma_rel_2C").number(), within(1e-6));
    }

    static List<Oracle> errors() {
        return Oracle.object("11_local_dp.json").get("mean_error").list();
    }

    /** How much worse a mean is if each node adds noise of its own: 2 √n times. */
    @ParameterizedTest
    @MethodSource("errors")
    void noiseOfAMeanIsThatOfTheReference(Oracle reference) {
        double nodes = reference.get("n").number();
        String budget = ", clip: " + exact(reference.get("clip").number()) + ", epsilon: "
                + exact(reference.get("eps").number()) + ", delta: " + exact(reference.get("delta").number())
                + ", accountant: pld";
        String cohort = "nodes: " + whole(reference.get("n")) + ", minimumReports: 2";
        double central = plan("1", cohort, "type: central" + budget).halves().deviation(nodes) / nodes;
        double local = plan("1", cohort, "type: local" + budget).halves().deviation(nodes) / nodes;
        assertThat(central).isCloseTo(reference.get("central_std_per_coord_of_mean").number(), withinPercentage(1e-3));
        assertThat(local).isCloseTo(reference.get("local_std_per_coord_of_mean").number(), withinPercentage(1e-3));
        assertThat(local / central).isCloseTo(reference.get("ratio").number(), withinPercentage(1e-3));
    }
}
