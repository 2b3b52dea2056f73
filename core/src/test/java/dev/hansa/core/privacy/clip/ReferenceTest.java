package dev.hansa.core.privacy.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.Oracle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each number of the references for adaptive clipping. */
class ReferenceTest {
    private static final double ANY_NOISE = 1;

    private static Oracle reference(String name) {
        return Oracle.object("03_adaptive_clipping.json").get(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"noiseless_median", "noiseless_q80", "noisy_median", "from_above"})
    void followsTheTrace(String name) {
        Oracle reference = reference(name);
        AdaptiveClip adaptive = new AdaptiveClip(reference.get("C0").number(), reference.get("gamma").number(),
                reference.get("eta").number(), ANY_NOISE);
        double[] norms = reference.get("norms").vector();
        double clip = adaptive.initial();
        for (Oracle round : reference.get("trace").list()) {
            assertClose(clip, round.get("C").number());
            double bits = round.get("xi_b").number();
            for (double norm : norms) {
                bits += AdaptiveClip.bit(norm, clip);
            }
            clip = adaptive.next(clip, bits, reference.get("denominator").number());
            assertClose(clip, round.get("C_next").number());
        }
    }

    /** Updates and bits of whole rounds with noise that is given. */
    @Test
    void wholeRoundsAreThoseOfTheReference() {
        Oracle reference = reference("full_round");
        double clients = reference.get("n").number();
        List<Oracle> rounds = reference.get("rounds").list();
        AdaptiveClip adaptive = new AdaptiveClip(rounds.get(0).get("C").number(), reference.get("gamma").number(),
                reference.get("eta").number(), reference.get("sigma_b").number());
        double multiplier = adaptive.multiplierOfUpdates(reference.get("z").number());
        assertClose(multiplier, reference.get("z_delta").number());
        double clip = adaptive.initial();
        for (Oracle round : rounds) {
            assertClose(multiplier * clip, round.get("sigma_delta").number());
            double[] unit = round.get("unit_gaussian").vector();
            double[] mean = new double[unit.length];
            double bits = round.get("xi_b").number();
            double[] norms = round.get("norms").vector();
            double[][] updates = round.get("updates").vectors();
            for (int client = 0; client < norms.length; client++) {
                bits += AdaptiveClip.bit(norms[client], clip);
                for (int i = 0; i < unit.length; i++) {
                    mean[i] += updates[client][i] * new Clip(clip).factor(norms[client]) / clients;
                }
            }
            for (int i = 0; i < unit.length; i++) {
                assertThat(mean[i] + multiplier * clip * unit[i] / clients)
                        .isCloseTo(round.get("noised_mean").vector()[i], within(1e-12 + 0x1p-40 * clip)); // the room that a clip leaves
            }
            assertThat(bits / clients + 0.5).isCloseTo(round.get("b_tilde").number(), within(1e-12));
            clip = adaptive.next(clip, bits, clients);
            assertClose(clip, round.get("C_next").number());
        }
    }

    static List<Oracle> splits() {
        return reference("noise_split").list();
    }

    @ParameterizedTest
    @MethodSource("splits")
    void noiseIsSplitAsInTheReference(Oracle reference) {
        double z = reference.get("z").number();
        AdaptiveClip adaptive = new AdaptiveClip(1, 0.5, 0.2, reference.get("sigma_b").number());
        if (!reference.has("z_delta")) {
            assertThatThrownBy(() -> adaptive.multiplierOfUpdates(z)).hasMessageContaining("expected");
            return;
        }
        double split = adaptive.multiplierOfUpdates(z);
        assertClose(split, reference.get("z_delta").number());
        assertClose(split / z, reference.get("inflation").number());
    }

    private static void assertClose(double value, double expected) {
        assertThat(value).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    }
}
