package dev.hansa.core.privacy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SharedNoiseTest {

    @Test
    void whoExchangesOneVectorForAnotherMovesTheSumTwiceAsFar() {
        for (int dimension : new int[]{1, 8, 1 << 20}) {
            for (double granularity : new double[]{1e-4, 0.01, 3}) {
                SharedNoise one = new SharedNoise(7, dimension, 1.5, 2, granularity, SharedNoise.USUAL_BIAS);
                SharedNoise other = one.replacingOne();
                assertThat(other.roundedNorm()).isCloseTo(2 * one.roundedNorm(), within(1e-6 * one.roundedNorm()));
                assertThat(other.roundedL1Norm()).isGreaterThan(1.999999 * one.roundedL1Norm());
                assertThat(other.stepDeviation()).isEqualTo(one.stepDeviation());
            }
        }
    }
}
