package dev.hansa.core.privacy.accounting.rdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.hansa.core.Oracle;
import dev.hansa.core.ReferenceFiles;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DiscreteGaussianSum;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.event.SharedNoise;
import dev.hansa.core.privacy.event.SkellamSum;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each number of the references for Rényi accounting. */
class ReferenceTest {
    private static final double BILLIONTH_IN_PERCENT = 1e-7;

    static List<Oracle> divergences() {
        return Oracle.cases("02_rdp_per_order.json");
    }

    @ParameterizedTest
    @MethodSource("divergences")
    void divergencesAreTheExactIntegral(Oracle reference) {
        SampledGaussian mechanism =
                new SampledGaussian(reference.get("q").number(), reference.get("sigma").number());

        assertThat(mechanism.divergence(reference.get("order").number()))
                .isCloseTo(reference.get("rdp_exact").number(), withinPercentage(BILLIONTH_IN_PERCENT));
    }

    static List<Oracle> epsilons() {
        return Oracle.cases("01_accounting_eps.json");
    }

    @ParameterizedTest
    @MethodSource("epsilons")
    void epsilonIsThatOfTheExactIntegral(Oracle reference) {
        DpEvent round = new PoissonSampled(reference.get("q").number(), new Gaussian(reference.get("sigma").number()));
        RdpCurve curve = new RdpAccountant().curve(new SelfComposed(round, (long) reference.get("steps").number()),
                Adjacency.ADD_OR_REMOVE_ONE);
        double delta = reference.get("delta").number();

        assertThat(curve.epsilon(delta)).isCloseTo(reference.get("eps_rdp_quadrature").number(), within(1e-6));
        assertThat(curve.decidingOrder(delta)).isEqualTo(reference.get("order_quadrature").number());
    }

    static List<Oracle> fixedSizes() {
        return Oracle.cases("02_fixed_size_sampling.json");
    }

    @ParameterizedTest
    @MethodSource("fixedSizes")
    void cohortsOfFixedSize(Oracle reference) {
        long steps = (long) reference.get("steps").number();
        Gaussian noise = new Gaussian(reference.get("sigma").number());
        long population = (long) reference.get("population").number();
        long cohort = (long) reference.get("cohort").number();
        double delta = reference.get("delta").number();

        RdpCurve fixed = new RdpAccountant().curve(
                new SelfComposed(new FixedSizeSampled(population, cohort, noise), steps), Adjacency.REPLACE_ONE);
        RdpCurve coins = new RdpAccountant().curve(
                new SelfComposed(new PoissonSampled((double) cohort / population, noise), steps), Adjacency.ZERO_OUT);

        assertThat(fixed.epsilon(delta)).isCloseTo(
                reference.get("eps_rdp_fixed_size_replace_one_sigma_rel_2C").number(), within(1e-6));
        assertThat(fixed.decidingOrder(delta)).isEqualTo(reference.get("order").number());
        // theirs is an upper bound at orders that are no whole numbers
        assertThat(coins.epsilon(delta)).isCloseTo(reference.get("eps_rdp_poisson_addremove_same_sigma").number(),
                within(5e-3));
    }

    static List<Oracle> concentrated() {
        return Oracle.cases("02_zcdp_conversion.json");
    }

    @ParameterizedTest
    @MethodSource("concentrated")
    void zeroConcentrated(Oracle reference) {
        ZeroConcentratedCurve curve = new ZeroConcentratedCurve(reference.get("rho").number());
        double delta = reference.get("delta").number();
        double epsilon = reference.get("eps_improved").number();

        assertThat(curve.epsilon(delta)).isCloseTo(epsilon, within(1e-9));
        assertThat(curve.decidingOrder(delta)).isCloseTo(reference.get("alpha_opt").number(), withinPercentage(1e-3));
        assertThat(curve.delta(epsilon)).isCloseTo(delta, withinPercentage(1e-4));
    }

    static List<Oracle> skellamDivergences() {
        return Oracle.object("04_ddp_kat.json").get("skellam_rdp").list();
    }

    @ParameterizedTest
    @MethodSource("skellamDivergences")
    void divergencesOfSkellamNoise(Oracle reference) {
        double divergence = reference.get("rdp").number();
        assertThat(DistributedBounds.skellam(reference.get("D1").number(), reference.get("D2").number(),
                reference.get("variance").number(), reference.get("order").number()))
                .isCloseTo(divergence, within(1e-12 * divergence));
    }

    static List<List<Double>> distributed() throws IOException {
        return Files.readAllLines(ReferenceFiles.require("oracles/04_ddp_accounting.csv")).stream().skip(1)
                .map(line -> DoubleStream.of(java.util.Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble)
                        .toArray()).boxed().toList())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("distributed")
    void distributedNoise(List<Double> row) {
        SharedNoise noise =
                new SharedNoise(row.get(0).intValue(), row.get(1).intValue(), row.get(2), row.get(3),
                        row.get(4), row.get(6));
        RdpAccountant accountant = new RdpAccountant(new Orders(DoubleStream.concat(
                IntStream.rangeClosed(2, 128).asDoubleStream(), DoubleStream.of(256)).boxed().toList()));
        double rate = row.get(7);
        long rounds = row.get(8).longValue();
        double delta = row.get(9);

        assertThat(noise.stepDeviation()).isCloseTo(row.get(5), withinPercentage(1e-10));
        assertThat(noise.roundedNorm()).isCloseTo(row.get(10), withinPercentage(1e-10));
        assertThat(DistributedBounds.tau(noise.clients(), noise.stepDeviation()))
                .isCloseTo(row.get(12), withinPercentage(1e-6));
        RdpCurve gaussian = accountant.curve(
                new SelfComposed(new PoissonSampled(rate, new DiscreteGaussianSum(noise)), rounds), Adjacency.ZERO_OUT);
        assertThat(gaussian.epsilon(delta)).isCloseTo(row.get(13), within(1e-6));
        assertThat(gaussian.decidingOrder(delta)).isEqualTo(row.get(14));
        RdpCurve skellam = accountant.curve(
                new SelfComposed(new PoissonSampled(rate, new SkellamSum(noise)), rounds), Adjacency.ZERO_OUT);
        assertThat(skellam.epsilon(delta)).isCloseTo(row.get(15), within(1e-6));
        assertThat(skellam.decidingOrder(delta)).isEqualTo(row.get(16));
        double central = noise.deviation() * Math.sqrt(noise.clients()) / noise.clipNorm();
        assertThat(accountant.curve(new SelfComposed(new PoissonSampled(rate, new Gaussian(central)), rounds),
                Adjacency.ZERO_OUT).epsilon(delta)).isCloseTo(row.get(17), within(1e-6));
    }

    static List<Oracle> distances() {
        return Oracle.object("04_ddp_kat.json").get("tau").list();
    }

    @ParameterizedTest
    @MethodSource("distances")
    void sumsOfDiscreteGaussiansAreNearlyOne(Oracle reference) {
        assertThat(DistributedBounds.tau((int) reference.get("n").number(), reference.get("sigma_int").number()))
                .isCloseTo(reference.get("tau").number(), withinPercentage(1e-6));
    }

    /** Of one number: a bound that is the reference's, and not below the truth. */
    private static SharedNoise ofOneNumber(int clients, double shift, double stepDeviation) {
        return new SharedNoise(clients, 1, Math.max(shift - 1, Double.MIN_NORMAL), stepDeviation, 1, 0);
    }

    static List<Oracle> skellams() {
        return Oracle.object("04_ddp_kat.json").get("skellam_exact_1d").list();
    }

    @ParameterizedTest
    @MethodSource("skellams")
    void skellamNoiseOfOneNumber(Oracle reference) {
        double bound = DistributedBounds.skellam(ofOneNumber(1, reference.get("shift").number(),
                Math.sqrt(reference.get("variance").number())), reference.get("order").number());
        assertThat(bound).isCloseTo(reference.get("bound").number(), withinPercentage(1e-9))
                .isGreaterThan(reference.get("rdp_exact").number());
    }

    static List<Oracle> discreteGaussians() {
        return Oracle.object("04_ddp_kat.json").get("ddgauss_exact_1d").list();
    }

    @ParameterizedTest
    @MethodSource("discreteGaussians")
    void discreteGaussianNoiseOfOneNumber(Oracle reference) {
        double bound = DistributedBounds.discreteGaussian(ofOneNumber((int) reference.get("n").number(),
                reference.get("shift").number(), reference.get("sigma_int").number()),
                reference.get("order").number());
        assertThat(bound).isLessThanOrEqualTo(reference.get("bound").number() * (1 + 1e-9))
                .isGreaterThan(reference.get("rdp_exact_sum").number() * (1 - 1e-9));
    }
}
