package dev.hansa.core.privacy.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.Oracle;
import dev.hansa.core.privacy.accounting.rdp.Orders;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DiscreteGaussianSum;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.SharedNoise;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each number of the references for both halves of distributed noise. */
class ReferenceTest {
    private static final double BIAS = Math.exp(-0.5);
    /** At the orders that the reference minimises over. */
    private static final RdpAccountant ACCOUNTANT = new RdpAccountant(new Orders(DoubleStream.concat(
            IntStream.rangeClosed(2, 128).asDoubleStream(), DoubleStream.of(256)).boxed().toList()));

    private static List<Oracle> known(String name) {
        return Oracle.object("04_ddp_kat.json").get(name).list();
    }

    static List<Oracle> transforms() {
        return known("fwht");
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void rotatesAsInTheReference(Oracle reference) {
        double[] x = reference.get("x").vector();
        if (reference.has("signs")) {
            double[] signs = reference.get("signs").vector();
            boolean[] negative = new boolean[signs.length];
            for (int i = 0; i < signs.length; i++) {
                negative[i] = signs[i] < 0;
            }
            new Rotation(negative).apply(x);
            assertThat(x).containsExactly(reference.get("y_randomised").vector(), within(1e-12));
        } else {
            Rotation.transform(x);
            assertThat(x).containsExactly(reference.get("y").vector(), within(1e-12));
        }
    }

    static List<Oracle> norms() {
        return known("rounded_l2");
    }

    @ParameterizedTest
    @MethodSource("norms")
    void normsGrowAsInTheReference(Oracle reference) {
        double bound = reference.get("bound").number();
        assertThat(SharedNoise.roundedNorm(reference.get("c").number(), (int) reference.get("dim").number(),
                reference.get("beta").number())).isCloseTo(bound, within(1e-10 * bound));
    }

    static List<Oracle> clipped() {
        return known("modular_clip").stream().filter(one -> one.get("lo").number() == -one.get("hi").number()).toList();
    }

    @ParameterizedTest
    @MethodSource("clipped")
    void wrapsAsInTheReference(Oracle reference) {
        int bits = 1 + (int) Math.round(Math.log(reference.get("hi").number()) / Math.log(2));
        Quantisation quantisation = new Quantisation(1, bits, 1, 1);
        double[] x = reference.get("x").vector();
        double[] y = reference.get("y").vector();
        for (int i = 0; i < x.length; i++) {
            assertThat(quantisation.unwrap(quantisation.wrap((long) x[i]))).isEqualTo((long) y[i]);
        }
    }

    static List<Oracle> widths() {
        return Oracle.cases("04_ddp_bitwidth.json");
    }

    @ParameterizedTest
    @MethodSource("widths")
    void granularitiesAreThoseOfTheReference(Oracle reference) {
        int clients = (int) reference.get("n").number();
        double clip = reference.get("clip").number();
        double z = reference.get("z").number();
        double deviation = z * clip / Math.sqrt(clients);
        int dimension = (int) reference.get("dim").number();
        Quantisation quantisation = Quantisation.within((int) reference.get("bits").number(), clip, dimension,
                deviation, clients, reference.get("k_stddevs").number());
        assertThat(quantisation.granularity() / reference.get("gamma").number()).isCloseTo(1, within(1e-10));
        assertThat(deviation / quantisation.granularity() / reference.get("sigma_int_local").number())
                .isCloseTo(1, within(1e-10));
        assertThat(quantisation.roundedNorm() * quantisation.granularity() / clip)
                .isCloseTo(reference.get("l2_inflation").number(), within(1e-9));
        SharedNoise noise = new SharedNoise(clients, dimension, clip, deviation, quantisation.granularity(), BIAS);
        double epsilon = reference.get("eps_ddg_1round_delta1e-6").number();
        assertThat(ACCOUNTANT.curve(new DiscreteGaussianSum(noise), Adjacency.ZERO_OUT).epsilon(1e-6))
                .isCloseTo(epsilon, within(1e-6 * epsilon));
        double gaussian = reference.get("eps_gauss").number();
        assertThat(ACCOUNTANT.curve(new Gaussian(z), Adjacency.ZERO_OUT).epsilon(1e-6))
                .isCloseTo(gaussian, within(1e-6 * gaussian));
    }
}
