package dev.hansa.core.privacy.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.mechanism.Drawing;
import dev.hansa.core.mechanism.Halves;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;
import dev.hansa.core.privacy.audit.RepeatedAudit;
import dev.hansa.core.privacy.correlated.BufferedLinear;
import dev.hansa.core.privacy.correlated.Participation;
import dev.hansa.core.privacy.distributed.DistributedNoise;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.distributed.Quantisation;
import dev.hansa.core.privacy.distributed.Rotation;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DiscreteGaussianSum;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.event.SharedNoise;
import dev.hansa.core.privacy.event.SkellamSum;
import dev.hansa.core.privacy.noise.GranularGaussian;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.strategy.ServerState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No attack on what is shipped proves more than the accountant promises, with a confidence of 95 % and the seeds that stand
 * here; and each proves something, so that it would notice.
 */
class KeptPromisesTest {
    static final double DELTA = 1e-5;
    static final double CONFIDENCE = 0.95;
    static final double NOISE = 1;
    static final int SIZE = 8;
    private static final int PLAYS = 20_000;
    private static final double CLIP = 0.5;
    private static final Layout LAYOUT = Layout.of(new TensorShape("weight", List.of(SIZE)));

    private static final Drawing FIVE =
            new Drawing(new Sampling.Everyone(), Adjacency.ZERO_OUT, 5, 2, 2, 1);

    private static void check(Trial trial, double epsilon, double atLeast) {
        check(trial, PLAYS, epsilon, atLeast);
    }

    private static void check(Trial trial, int plays, double epsilon, double atLeast) {
        RepeatedAudit audit = trial.audit(plays, new Seed(1), DELTA, CONFIDENCE);
        assertThat(audit.epsilon(DELTA, CONFIDENCE)).as("%s", audit).isBetween(atLeast * epsilon, epsilon);
    }

    private static double exact(DpEvent event) {
        return new PldAccountant().curve(event, Adjacency.ZERO_OUT).epsilon(DELTA);
    }

    /** The canary is the longest update there is, in a round among four other clients, and has to be clipped. */
    @Test
    void ofTheCentralMean() {
        double[] canary = Trial.ofNorm(100, Trial.vector(SIZE, new Seed(3)));
        check((with, seed) -> Trial.product(canary, mean(with, canary, seed)), exact(new Gaussian(NOISE)), 0.4);
    }

    /** It comes in the second of two rounds: what the first released does not give the noise of the second away. */
    @Test
    void ofTheCentralMeanOfTwoRounds() {
        double[] canary = Trial.ofNorm(100, Trial.vector(SIZE, new Seed(3)));
        check((with, seed) -> Trial.product(canary, mean(with, canary, seed.derive(2)))
                - Trial.product(canary, mean(false, canary, seed.derive(1))),
                exact(new SelfComposed(new Gaussian(NOISE), 2)), 0.1);
    }

    private static double[] mean(boolean with, double[] canary, Seed seed) {
        Aggregator.Accumulator sum =
                Halves.of(new Privacy(new Mechanism.Central(Optional.empty()), CLIP, OptionalDouble.of(NOISE),
                        OptionalDouble.empty(), 1e-5, Optional.empty(), Set.of()), NOISE, FIVE, LAYOUT, 1)
                        .begin(ServerState.start(Parameters.zeros(LAYOUT)), seed,
                                new SeededBytes(seed.derive("noise")))
                        .onServer().orElseThrow().start(LAYOUT);
        for (int other = 0; other < 4; other++) {
            sum.add(update(Trial.vector(SIZE, new Seed(other)))); // always the same, so that nothing but noise hides it
        }
        if (with) {
            sum.add(update(canary));
        }
        double[] mean = new double[SIZE];
        Parameters released = Parameters.load(sum.finish().mean());
        for (int i = 0; i < SIZE; i++) {
            mean[i] = released.get(i);
        }
        return mean;
    }

    private static ModelUpdate update(double[] values) {
        float[] single = new float[values.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) values[i];
        }
        return new ModelUpdate(Parameters.of(LAYOUT, single), 1, Sums.NONE);
    }

    /**
     * The canary comes as often as it may. Whoever knows how the noise is correlated undoes that, and looks for what the canary
     * leaves in all rounds together.
     */
    @Test
    void ofCorrelatedNoise() {
        int rounds = 24;
        Participation participation = new Participation(3, 8);
        BufferedLinear matrix = BufferedLinear.near(rounds, participation);
        double[] c = matrix.coefficients(rounds);
        double[] moved = new double[rounds];
        for (int t = 0; t < rounds; t++) {
            for (int from = 0; from <= t; from += 8) {
                moved[t] += c[t - from] * CLIP;
            }
        }
        GranularGaussian noise =
                new GranularGaussian(NOISE * CLIP * participation.sensitivity(matrix, rounds));
        check((with, seed) -> {
            SeededBytes random = new SeededBytes(seed);
            double[][] buffers = new double[matrix.buffers()][1];
            double[] released = new double[rounds];
            for (int t = 0; t < rounds; t++) {
                double[] z = {noise.next(random)};
                matrix.correlate(z, buffers);
                released[t] = z[0] + (with && t % 8 == 0 ? CLIP : 0);
            }
            double score = 0;
            for (int t = 0; t < rounds; t++) {
                double undone = 0;
                for (int k = 0; k <= t; k++) {
                    undone += c[t - k] * released[k];
                }
                score += moved[t] * undone;
            }
            return score;
        }, exact(new Gaussian(NOISE)), 0.4);
    }

    /** Both halves around a sum modulo 2¹⁰, of which nothing but the sum is seen. */
    @ParameterizedTest
    @EnumSource
    void ofNoiseThatClientsShare(IntegerNoise kind) {
        boolean skellam = kind == IntegerNoise.SKELLAM; // whose sampler takes long to be made
        int clients = 4;
        double deviation = NOISE * CLIP / Math.sqrt(clients - 1);
        Rotation rotation = DistributedNoise.rotation(SIZE, new Seed(2));
        Quantisation quantisation = Quantisation.within(10, CLIP, rotation.length(), deviation, clients, 6);
        DistributedNoise distributed = new DistributedNoise(quantisation, kind, deviation);
        SharedNoise shared = new SharedNoise(clients - 1, rotation.length(), CLIP, deviation,
                quantisation.granularity(), Math.exp(-0.5));
        double[] canary = Trial.ofNorm(100, Trial.vector(SIZE, new Seed(3)));
        check((with, seed) -> {
            SeededBytes random = new SeededBytes(seed);
            long[] sum = new long[rotation.length()];
            for (int client = 0; client < (with ? clients : clients - 1); client++) {
                double[] update = client == clients - 1 ? canary : Trial.vector(SIZE, new Seed(client));
                long[] sent = distributed.onClient(update, rotation, random);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] = quantisation.wrap(sum[i] + sent[i]);
                }
            }
            return Trial.product(canary, distributed.onServer(sum, SIZE, rotation));
        }, skellam ? 400 : 4000, new RdpAccountant().curve(
                skellam ? new SkellamSum(shared) : new DiscreteGaussianSum(shared),
                Adjacency.ZERO_OUT).epsilon(DELTA), skellam ? 0.02 : 0.2);
    }
}
