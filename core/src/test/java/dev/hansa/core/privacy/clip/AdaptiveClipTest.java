package dev.hansa.core.privacy.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveClipTest {
    private static final double[] NORMS = {.2, .5, .7, 1, 1.3, 1.9, 2.2, 3.5, 5, 9};

    @ParameterizedTest
    @CsvSource({
            "0.5, 0.1, 1,  0.110517092", "0.5, 0.1, 11, 0.277319476", "0.5, 0.1, 30, 0.902501350",
            "0.8, 0.1, 6,  0.255998142", "0.8, 0.1, 30, 2.264637964", "0.5, 100, 30, 5.502322006"})
    void followsTheQuantile(double quantile, double initial, int rounds, double expected) {
        AdaptiveClip adaptive = new AdaptiveClip(initial, quantile, 0.2, 1);
        double clip = initial;
        for (int round = 0; round < rounds; round++) {
            double bits = 0;
            for (double norm : NORMS) {
                bits += AdaptiveClip.bit(norm, clip);
            }
            clip = adaptive.next(clip, bits, NORMS.length);
        }
        assertThat(clip).isCloseTo(expected, within(1e-9));
    }

    /** A round by hand: norms .7321, .3168, .3765, .9696 beside a clip of .5, noise of the bits .277866, four clients. */
    @Test
    void theNoiseOfTheBitsMovesTheClipToo() {
        AdaptiveClip adaptive = new AdaptiveClip(0.5, 0.5, 0.2, 0.6);
        assertThat(adaptive.next(0.5, 0.277866, 4)).isCloseTo(0.49310138324217023, within(1e-12));
        assertThat(adaptive.next(0.5, 1e9, 4)).isCloseTo(0.5 * Math.exp(-0.1), within(1e-12));
        assertThat(adaptive.next(0.5, -1e9, 4)).isCloseTo(0.5 * Math.exp(0.1), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.3, 1, 0.30343304245450414", "1, 1, 1.1547005383792515", "1, 50, 1.0000500037503126",
            "3, 2.5, 3.7500000000000004", "1, 0.6, 1.809068067466582"})
    void splitsTheNoise(double z, double bitNoise, double expected) {
        double split = new AdaptiveClip(0.1, 0.5, 0.2, bitNoise).multiplierOfUpdates(z);
        assertThat(split).isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void refusesBitsThatTellMoreThanTheRunMay() {
        AdaptiveClip adaptive = new AdaptiveClip(0.1, 0.5, 0.2, 1);
        assertThatThrownBy(() -> adaptive.multiplierOfUpdates(2)).hasMessageContaining("privacy.clip.noise is 1 ")
                .hasMessageContaining(
                        "expected more than 1, half the noise multiplier, or a noise multiplier below twice that, 2");
        assertThatThrownBy(() -> new AdaptiveClip(0.1, 1, 0.2, 1)).hasMessageContaining("quantile is 1.0");
        assertThatThrownBy(() -> new AdaptiveClip(0, 0.5, 0.2, 1)).hasMessageContaining("initial is 0.0");
        assertThatThrownBy(() -> new AdaptiveClip(0.1, 0.5, 2, 1)).hasMessageContaining("rate is 2.0");
        assertThatThrownBy(() -> new AdaptiveClip(0.1, 0.5, 0.2, 0)).hasMessageContaining("bitNoise is 0.0");
    }
}
