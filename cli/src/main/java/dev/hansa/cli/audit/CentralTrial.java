package dev.hansa.cli.audit;

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
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.simulation.SimulatedNoise;
import dev.hansa.core.strategy.ServerState;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One round of the central mechanism as it is shipped, played many times, with a canary among its clients or without. The
 * canary's update is a hundred times longer than the clip; the others' are always the same.
 *
 * @param noise the noise multiplier
 */
public record CentralTrial(double noise, double clip, Seed seed) {
    private static final int SIZE = 8;
    private static final int OTHERS = 4;
    /** The noise does not depend on it. */
    private static final double DELTA = 1e-5;
    private static final Layout LAYOUT = Layout.of(new TensorShape("weight", List.of(SIZE)));
    private static final Drawing DRAWING =
            new Drawing(new Sampling.Everyone(), Adjacency.ZERO_OUT, OTHERS + 1, OTHERS, OTHERS, 1);
    private static final ServerState BEFORE =
            new ServerState(0, Parameters.zeros(LAYOUT), Collections.emptySortedMap());

    /** How much each release looks like the canary: 1 on average with it, 0 without, but for the others. */
    public double[] scores(boolean canary, int plays) {
        double[] scores = new double[plays];
        for (int play = 0; play < plays; play++) {
            scores[play] = score(canary, seed.derive(canary ? "with" : "without").derive(play));
        }
        return scores;
    }

    private double score(boolean canary, Seed play) {
        Privacy central = new Privacy(new Mechanism.Central(Optional.empty()), clip, OptionalDouble.of(noise),
                OptionalDouble.empty(), DELTA, Optional.empty(), Set.of());
        Aggregator.Accumulator sum = Halves.of(central, noise, DRAWING, LAYOUT, 1)
                .begin(BEFORE, play, SimulatedNoise.SEEDED.bytes(play)).onServer().orElseThrow().start(LAYOUT);
        for (int other = 0; other < OTHERS; other++) {
            sum.add(update(direction(other), clip));
        }
        float[] direction = direction(OTHERS);
        if (canary) {
            sum.add(update(direction, 100 * clip));
        }
        Parameters released = Parameters.load(sum.finish().mean());
        double score = 0;
        for (int i = 0; i < SIZE; i++) {
            score += released.get(i) * direction[i] * (OTHERS + 1) / clip;
        }
        return score;
    }

    /** Of length 1. */
    private float[] direction(int client) {
        SplittableRandom random = seed.derive("update").derive(client).random();
        double[] values = random.doubles(SIZE, -1, 1).toArray();
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        float[] direction = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            direction[i] = (float) (values[i] / Math.sqrt(squares));
        }
        return direction;
    }

    private static ModelUpdate update(float[] direction, double norm) {
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = (float) (direction[i] * norm);
        }
        return new ModelUpdate(Parameters.of(LAYOUT, values), 1, Sums.NONE);
    }
}
