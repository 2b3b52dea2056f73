package dev.hansa.core.privacy.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.mechanism.Drawing;
import dev.hansa.core.mechanism.Halves;
import dev.hansa.core.mechanism.PrivateRound;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.audit.RepeatedAudit;
import dev.hansa.core.privacy.correlated.BufferedLinear;
import dev.hansa.core.privacy.correlated.Participation;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.strategy.ServerState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * No attack on what is shipped proves more than the accountant promises, with a confidence of 95 % and the seeds that stand
 * here; and each proves something, so that it would notice.
 */
class KeptPromisesTest {
    static final double DELTA = 1e-5;
    static final double CONFIDENCE = 0.95;
    static final double NOISE = 1;
    private static final int PLAYS = 20_000;
    private static final double CLIP = 0.5;

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
        double[] canary = Trial.ofNorm(100, Trial.vector(CentralRound.SIZE, new Seed(3)));
        check((with, seed) -> Trial.product(canary, mean(with, canary, seed)), exact(new Gaussian(NOISE)), 0.4);
    }

    /** It comes in the second of two rounds: what the first released does not give the noise of the second away. */
    @Test
    void ofTheCentralMeanOfTwoRounds() {
        double[] canary = Trial.ofNorm(100, Trial.vector(CentralRound.SIZE, new Seed(3)));
        check((with, seed) -> Trial.product(canary, mean(with, canary, seed.derive(2)))
                - Trial.product(canary, mean(false, canary, seed.derive(1))),
                exact(new SelfComposed(new Gaussian(NOISE), 2)), 0.1);
    }

    private static double[] mean(boolean with, double[] canary, Seed seed) {
        return new CentralRound(CLIP, NOISE, seed.derive("noise")).mean(CentralRound.updates(with ? canary : null));
    }

    /**
     * The canary comes as often as it may. Whoever knows how the noise is correlated undoes that, and looks for what the canary
     * leaves in all rounds together. What is played goes from round to round by the state of the run.
     */
    @Test
    void ofCorrelatedNoise() {
        int rounds = 24;
        int separation = 8;
        Participation participation = new Participation(3, separation);
        BufferedLinear matrix = BufferedLinear.near(rounds, participation);
        double noise = NOISE * participation.sensitivity(matrix, rounds);
        Layout one = Layout.of(new TensorShape("weight", List.of(1)));
        Halves halves = Halves.of(
                new Privacy(new Mechanism.Correlated(), CLIP, OptionalDouble.of(noise), OptionalDouble.empty(), 1e-5,
                        Optional.empty(), Set.of()),
                noise, new Drawing(new Sampling.Everyone(), Adjacency.ZERO_OUT, 5, 2, 2, separation), one, rounds);
        double[] c = matrix.coefficients(rounds);
        double[] moved = new double[rounds];
        for (int t = 0; t < rounds; t++) {
            for (int from = 0; from <= t; from += separation) {
                moved[t] += c[t - from] * CLIP;
            }
        }
        ModelUpdate canary = new ModelUpdate(Parameters.of(one, 100), 1, Sums.NONE);
        check((with, seed) -> {
            double[] released = new double[rounds];
            ServerState state = ServerState.start(Parameters.zeros(one));
            for (int t = 0; t < rounds; t++) {
                PrivateRound round = halves.begin(state, seed.derive(t), new SeededBytes(seed.derive("n").derive(t)));
                Aggregator.Accumulator sum = round.onServer().orElseThrow().start(one);
                if (with && t % separation == 0) {
                    sum.add(canary);
                }
                Aggregate aggregate = sum.finish();
                Parameters mean = Parameters.load(aggregate.mean());
                released[t] = 5.0 * mean.get(0);
                state = round.after(aggregate, state.next(mean));
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
        }, 3000, exact(halves.event(rounds)), 0.2);
    }
}
