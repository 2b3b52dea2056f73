package dev.hansa.core.privacy.promise;

import static dev.hansa.core.privacy.promise.KeptPromisesTest.CONFIDENCE;
import static dev.hansa.core.privacy.promise.KeptPromisesTest.DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.accounting.GaussianCurve;
import dev.hansa.core.privacy.audit.OneRunAudit;
import dev.hansa.core.privacy.noise.GranularGaussian;
import dev.hansa.core.privacy.noise.SeededBytes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** An attack notices each of five mistakes that are easily made: it proves more than the accountant would have allowed. */
class BrokenPromisesTest {
    /** So much that a half of it is found out too, for what an attack proves of less noise is farther from the truth. */
    private static final double NOISE = 2;
    private static final double CLIP = 0.5;
    private static final int PLAYS = 30_000;

    /** What is wrong with the mechanism that is shipped, for which it is given something else than was promised. */
    enum Fault {
        NONE(CLIP, NOISE),
        NO_NOISE(CLIP, 1e-9),
        HALF_NOISE(CLIP, NOISE / 2),
        NO_CLIP(1e6, NOISE * CLIP / 1e6), // as much noise as with the clip
        NOISE_DIVIDED_BY_COHORT(CLIP, NOISE / CentralRound.CLIENTS),
        NOISE_REUSED(CLIP, NOISE) {
            @Override
            Seed noise(Seed run, int round) {
                return run;
            }
        };

        private final double clip;
        private final double multiplier;

        Fault(double clip, double multiplier) {
            this.clip = clip;
            this.multiplier = multiplier;
        }

        Seed noise(Seed run, int round) {
            return run.derive(round);
        }

        private double seen(Seed run, int round, boolean with) {
            return Trial.product(CANARY, new CentralRound(clip, multiplier, noise(run, round))
                    .mean(CentralRound.updates(with ? CANARY : null)));
        }

        Trial ofOneRound() {
            return (with, seed) -> seen(seed, 1, with);
        }

        /** The canary comes in the second of two rounds, whose releases are told apart by the first. */
        Trial ofTwoRounds() {
            return (with, seed) -> seen(seed, 2, with) - seen(seed, 1, false);
        }
    }

    private static final double[] CANARY = Trial.ofNorm(100, Trial.vector(CentralRound.SIZE, new Seed(3)));

    private static double proven(Trial trial, long seed) {
        return trial.audit(PLAYS, new Seed(seed), DELTA, CONFIDENCE).epsilon(DELTA, CONFIDENCE);
    }

    private static double promised(int rounds) {
        return new GaussianCurve(NOISE / Math.sqrt(rounds)).epsilon(DELTA);
    }

    /** Or the attack would show nothing. */
    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void nothingIsNoticedWhereNothingIsWrong(long seed) {
        assertThat(proven(Fault.NONE.ofOneRound(), seed)).isBetween(0.3 * promised(1),
                promised(1));
        assertThat(proven(Fault.NONE.ofTwoRounds(), seed)).isBetween(0.1, promised(2));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"NONE", "NOISE_REUSED"})
    void whatIsWrongWithinARoundIsNoticed(Fault fault) {
        assertThat(proven(fault.ofOneRound(), 1)).isGreaterThan(promised(1));
    }

    @Test
    void noiseThatIsReusedIsNoticed() {
        assertThat(proven(Fault.NOISE_REUSED.ofTwoRounds(), 1)).isGreaterThan(promised(2));
    }

    /** One run with a thousand canaries, each alone in a coordinate, is enough to notice that noise was forgotten. */
    @Test
    void oneRunNoticesForgottenNoise() {
        assertThat(oneRun(0)).isGreaterThan(promised(1));
        assertThat(oneRun(NOISE)).isBetween(0.01, promised(1));
    }

    private static double oneRun(double noise) {
        int canaries = 1000;
        SplittableRandom coins = new Seed(5).random();
        boolean[] in = new boolean[canaries];
        double[] released = new double[canaries];
        for (int i = 0; i < canaries; i++) {
            in[i] = coins.nextBoolean();
            released[i] = in[i] ? CLIP : 0;
        }
        if (noise > 0) {
            new GranularGaussian(noise * CLIP).addTo(released, new SeededBytes(new Seed(6)));
        }
        return OneRunAudit.of(released, in, 50, 50).epsilon(DELTA, CONFIDENCE);
    }
}
