package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.accounting.GaussianCurve;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.noise.GranularGaussian;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.privacy.promise.Trial;
import dev.hansa.core.protocol.Protection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An attack on updates that clients protect themselves proves no more than the accountant promises, and notices what is wrong. */
class ProtectedUpdatePromiseTest {
    private static final double DELTA = 1e-5;
    private static final double NOISE = 3;
    private static final double CLIP = 0.5;
    private static final int SIZE = 8;
    private static final Layout LAYOUT = Layout.of(new TensorShape("weight", List.of(SIZE)));

    /** One client has an update, or the opposite one: the farthest that any two are apart. */
    private static double proven(double noise) {
        double[] canary = Trial.ofNorm(100, Trial.vector(SIZE, new Seed(3)));
        Protecting protecting = new Protecting(new Protection(CLIP, noise * CLIP, false));
        Trial trial = (with, seed) -> {
            float[] update = new float[SIZE];
            for (int i = 0; i < SIZE; i++) {
                update[i] = (float) (with ? canary[i] : -canary[i]);
            }
            Parameters sent = protecting.protect(Parameters.of(LAYOUT, update), new SeededBytes(seed));
            double score = 0;
            for (int i = 0; i < SIZE; i++) {
                score += canary[i] * sent.get(i);
            }
            return score;
        };
        return trial.audit(40_000, new Seed(1), DELTA, 0.95).epsilon(DELTA, 0.95);
    }

    @Test
    void noMoreIsProvenThanIsPromised() {
        double promised = new GaussianCurve(Gaussian.of(NOISE * CLIP, CLIP, Adjacency.REPLACE_ONE).noiseMultiplier())
                .epsilon(DELTA);
        assertThat(proven(NOISE)).isBetween(0.3 * promised, promised);
        assertThat(proven(NOISE / 2)).isGreaterThan(promised);
    }

    /** Bits of the update below the noise's granularity would be in what is sent as they are. */
    @Test
    void whatIsSentIsOnTheGridOfItsNoiseWhateverTheUpdateIs() {
        int size = 20_000;
        float[] update = new float[size];
        Arrays.fill(update, 1e-7f / 3);
        Layout layout = Layout.of(new TensorShape("weight", List.of(size)));

        float[] sent = new Protecting(new Protection(CLIP, NOISE * CLIP, false))
                .protect(Parameters.of(layout, update), new SeededBytes(new Seed(4))).toArray();

        double grain = GranularGaussian.of(NOISE, CLIP, size).grain();
        for (float value : sent) {
            assertThat(value / grain).isEqualTo(Math.rint(value / grain));
        }
    }
}
