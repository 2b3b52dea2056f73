package dev.hansa.core.privacy.promise;

import static dev.hansa.core.privacy.promise.KeptPromisesTest.CONFIDENCE;
import static dev.hansa.core.privacy.promise.KeptPromisesTest.DELTA;
import static dev.hansa.core.privacy.promise.KeptPromisesTest.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.accounting.GaussianCurve;
import dev.hansa.core.privacy.audit.OneRunAudit;
import dev.hansa.core.privacy.clip.Clip;
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
    private static final int CLIENTS = 5;
    private static final int PLAYS = 30_000;

    /** What is wrong with the mechanism below. */
    enum Fault {
        NONE,
        NO_NOISE,
        HALF_NOISE,
        NO_CLIP,
        NOISE_DIVIDED_BY_COHORT,
        NOISE_REUSED
    }

    /** A sum of clipped updates with noise, divided by the number of clients, unless there is a fault. */
    record Mechanism(Fault fault) {
        double[] mean(Seed run, int round, double[]... updates) {
            double[] sum = new double[SIZE];
            for (double[] update : updates) {
                double norm = Math.sqrt(Trial.product(update, update));
                double factor = fault == Fault.NO_CLIP ? 1 : new Clip(CLIP).factor(norm);
                for (int i = 0; i < SIZE; i++) {
                    sum[i] += update[i] * factor;
                }
            }
            double deviation = NOISE * CLIP * switch (fault) {
                case NO_NOISE -> 0;
                case HALF_NOISE -> 0.5;
                case NOISE_DIVIDED_BY_COHORT -> 1.0 / CLIENTS;
                default -> 1;
            };
            if (deviation > 0) {
                new GranularGaussian(deviation)
                        .addTo(sum, new SeededBytes(fault == Fault.NOISE_REUSED ? run : run.derive(round)));
            }
            for (int i = 0; i < SIZE; i++) {
                sum[i] /= CLIENTS;
            }
            return sum;
        }

        /** The canary comes in the second of two rounds, whose releases are told apart by the first. */
        Trial ofTwoRounds(double[] canary) {
            return (with, seed) -> Trial.product(canary, mean(seed, 2, updates(with, canary)))
                    - Trial.product(canary, mean(seed, 1, updates(false, canary)));
        }

        Trial ofOneRound(double[] canary) {
            return (with, seed) -> Trial.product(canary, mean(seed, 1, updates(with, canary)));
        }

        private static double[][] updates(boolean with, double[] canary) {
            double[][] updates = new double[with ? CLIENTS : CLIENTS - 1][];
            for (int client = 0; client < updates.length; client++) {
                updates[client] = Trial.vector(SIZE, new Seed(client));
            }
            if (with) {
                updates[CLIENTS - 1] = canary;
            }
            return updates;
        }
    }

    private static final double[] CANARY = Trial.ofNorm(100, Trial.vector(SIZE, new Seed(3)));

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
        assertThat(proven(new Mechanism(Fault.NONE).ofOneRound(CANARY), seed)).isBetween(0.3 * promised(1),
                promised(1));
        assertThat(proven(new Mechanism(Fault.NONE).ofTwoRounds(CANARY), seed)).isBetween(0.1, promised(2));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"NONE", "NOISE_REUSED"})
    void whatIsWrongWithinARoundIsNoticed(Fault fault) {
        assertThat(proven(new Mechanism(fault).ofOneRound(CANARY), 1)).isGreaterThan(promised(1));
    }

    @Test
    void noiseThatIsReusedIsNoticed() {
        assertThat(proven(new Mechanism(Fault.NOISE_REUSED).ofTwoRounds(CANARY), 1)).isGreaterThan(promised(2));
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
