package dev.hansa.core.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.Oracle;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against draws that another implementation of the same algorithms made of the same bytes. */
class ExactSamplerTest {
    private static final int DRAWS = 20_000;

    private static Oracle reference(String name) {
        return Oracle.object("12_sampling_and_float.json").get(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigma2=1/4", "sigma2=1", "sigma2=100", "sigma2=10^6"})
    void gaussiansAreBitExact(String name) {
        Oracle reference = reference(name);
        Fraction variance = Fraction.of((long) reference.get("num").number(), (long) reference.get("den").number());
        RandomBytes random = KnownBytes.of("dgauss-kat");
        ExactSampler sampler = new ExactSampler(random);
        check(draw(() -> sampler.gaussian(variance)), reference);
        assertThat(random.taken()).isEqualTo((long) reference.get("bytes_used").number());
    }

    @Test
    void laplacesAreBitExact() {
        Oracle reference = reference("dlaplace_t=3");
        RandomBytes random = KnownBytes.of("dlap-kat");
        ExactSampler sampler = new ExactSampler(random);
        check(draw(() -> sampler.laplace(3)), reference);
        assertThat(random.taken()).isEqualTo((long) reference.get("bytes_used").number());
    }

    @Test
    void coinsOfAnExponentialAreBitExact() {
        Oracle reference = reference("bernoulli_exp_minus_7/3");
        RandomBytes random = KnownBytes.of("bern-kat");
        ExactSampler sampler = new ExactSampler(random);
        long[] drawn = draw(() -> sampler.bernoulliExp(Fraction.of(7, 3)) ? 1 : 0);
        checkFirst(drawn, reference);
        double ones = reference.get("ones").number();
        assertThat(LongStream.of(drawn).sum()).isEqualTo((long) ones);
        double expected = DRAWS * reference.get("expected_probability").number();
        assertThat(ones).as("and by chance alone").isCloseTo(expected, within(5 * Math.sqrt(expected)));
        assertThat(random.taken()).isEqualTo((long) reference.get("bytes_used").number());
    }

    @Test
    void fractionsHoldDoublesExactly() {
        assertThat(Fraction.of(0.1).numerator().toString())
                .isEqualTo("1000000000000000055511151231257827021181583404541015625");
        assertThat(Fraction.of(1e20).numerator().toString()).isEqualTo("100000000000000000000");
    }

    @Test
    void refusesWhatIsNoScale() {
        ExactSampler sampler = new ExactSampler(KnownBytes.of("any"));
        assertThatThrownBy(() -> sampler.laplace(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> sampler.gaussian(Fraction.of(0, 1))).hasMessageContaining("variance is 0");
        assertThatThrownBy(() -> Fraction.of(1, 0)).hasMessageContaining("1/0");
    }

    private static long[] draw(LongSupplier one) {
        return LongStream.generate(one).limit(DRAWS).toArray();
    }

    private static void check(long[] drawn, Oracle reference) {
        checkFirst(drawn, reference);
        assertThat(LongStream.of(drawn).sum()).isEqualTo((long) reference.get("sum").number());
        assertThat(LongStream.of(drawn).map(x -> x * x).sum()).isEqualTo((long) reference.get("sumsq").number());
    }

    private static void checkFirst(long[] drawn, Oracle reference) {
        int[] first = reference.get("first").indices();
        assertThat(first).hasSizeGreaterThan(10);
        for (int i = 0; i < first.length; i++) {
            assertThat(drawn[i]).as("draw %s", i).isEqualTo(first[i]);
        }
    }
}
