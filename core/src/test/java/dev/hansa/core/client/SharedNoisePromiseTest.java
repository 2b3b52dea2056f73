package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.mechanism.Drawing;
import dev.hansa.core.mechanism.Halves;
import dev.hansa.core.mechanism.PrivateRound;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;
import dev.hansa.core.privacy.audit.RepeatedAudit;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.privacy.promise.Trial;
import dev.hansa.core.strategy.ServerState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Noise that clients share, both halves of it as they are: of a round of three clients that are enough, or of a canary with them. */
class SharedNoisePromiseTest {
    private static final double DELTA = 1e-5;
    private static final double NOISE = 1;
    private static final double CLIP = 0.5;
    private static final int SIZE = 8;
    private static final int FEWEST = 3;
    private static final double LENGTH = 100;
    private static final Layout LAYOUT = Layout.of(new TensorShape("weight", List.of(SIZE)));
    private static final double[] CANARY = Trial.ofNorm(LENGTH, Trial.vector(SIZE, new Seed(3)));

    private static Halves halves(IntegerNoise kind, double noise) {
        return Halves.of(
                new Privacy(new Mechanism.Distributed(kind, 16), CLIP, OptionalDouble.of(noise), OptionalDouble.empty(),
                        DELTA, Optional.empty(), Set.of()),
                noise, new Drawing(new Sampling.Everyone(), Adjacency.ZERO_OUT, FEWEST + 1, FEWEST, FEWEST, 1), LAYOUT,
                1);
    }

    /** One round; of its released mean how much looks like the canary, in units of the sum. */
    private static double play(Halves halves, boolean with, Seed seed) {
        PrivateRound round = halves.begin(ServerState.start(Parameters.zeros(LAYOUT)), new Seed(2),
                new SeededBytes(seed));
        Protecting protecting = new Protecting(round.onClient().orElseThrow());
        Aggregator aggregator = round.onServer().orElseThrow();
        Aggregator.Accumulator sum = aggregator.start(LAYOUT);
        for (int client = 0; client < FEWEST + (with ? 1 : 0); client++) {
            double[] update = client == FEWEST ? CANARY : Trial.vector(SIZE, new Seed(client));
            float[] single = new float[SIZE];
            for (int i = 0; i < SIZE; i++) {
                single[i] = (float) update[i];
            }
            Parameters sent = protecting.protect(Parameters.of(LAYOUT, single), new SeededBytes(seed.derive(client)));
            sum.add(new ModelUpdate(sent, 1, Sums.NONE));
        }
        Parameters mean = Parameters.load(sum.finish().mean());
        double score = 0;
        for (int i = 0; i < SIZE; i++) {
            score += CANARY[i] * mean.get(i) * (FEWEST + 1) / LENGTH;
        }
        return score;
    }

    /** Mean and deviation of what is released. */
    private record Released(double mean, double deviation, int plays) {
        static Released of(Halves halves, boolean with, int plays) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < plays; i++) {
                double score = play(halves, with, new Seed(with ? 8 : 7).derive(i));
                sum += score;
                squares += score * score;
            }
            double mean = sum / plays;
            return new Released(mean, Math.sqrt(squares / plays - mean * mean), plays);
        }
    }

    /**
     * Of 400 plays the deviation is known to 3.5 %, so that within five times that a half of the noise is far beyond; and what
     * the canary, two hundred times too long, moves is known to a tenth of the clip.
     */
    @ParameterizedTest
    @EnumSource
    void asMuchNoiseAsIsChargedAndNoMoreOfTheCanaryThanTheClip(IntegerNoise kind) {
        int plays = 400;
        Halves halves = halves(kind, NOISE);
        Released without = Released.of(halves, false, plays);
        Released with = Released.of(halves, true, plays);
        double expected = NOISE * CLIP;
        double five = 5 / Math.sqrt(2.0 * plays);
        assertThat(without.deviation()).isCloseTo(expected, within(five * expected));
        assertThat(with.deviation()).isCloseTo(expected * Math.sqrt((FEWEST + 1.0) / FEWEST),
                within(1.2 * five * expected));
        assertThat(with.mean() - without.mean()).isCloseTo(CLIP,
                within(5 * Math.hypot(with.deviation(), without.deviation()) / Math.sqrt(plays)));
    }

    /** With a half of the noise the same would have been noticed. */
    @Test
    void halfOfTheNoiseIsNotWithinThat() {
        double five = 5 / Math.sqrt(2.0 * 400);
        assertThat(Released.of(halves(IntegerNoise.SKELLAM, NOISE / 2), false, 100).deviation())
                .isLessThan((1 - five) * NOISE * CLIP);
    }

    @Test
    void noAttackProvesMoreThanIsPromised() {
        Halves halves = halves(IntegerNoise.DISCRETE_GAUSSIAN, NOISE);
        Trial trial = (with, seed) -> play(halves, with, seed);
        double promised = new RdpAccountant().curve(halves.event(1), Adjacency.ZERO_OUT).epsilon(DELTA);
        RepeatedAudit audit = trial.audit(4000, new Seed(1), DELTA, 0.95);
        assertThat(audit.epsilon(DELTA, 0.95)).as("%s", audit).isBetween(0.2 * promised, promised);
    }
}
