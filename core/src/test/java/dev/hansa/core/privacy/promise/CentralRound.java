package dev.hansa.core.privacy.promise;

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
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.strategy.ServerState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One round of the central mechanism as it is shipped, with noise that can be played again.
 *
 * @param clip       of the updates
 * @param multiplier of the noise in their sum
 * @param noise      what the noise is drawn from
 */
record CentralRound(double clip, double multiplier, Seed noise) {
    /** How many values an update has. */
    static final int SIZE = 8;
    /** How many clients there are. */
    static final int CLIENTS = 5;
    private static final Layout LAYOUT = Layout.of(new TensorShape("weight", List.of(SIZE)));

    /** Of all clients, of which the last may have nothing to say; the others say the same each time, so that nothing but noise hides it. */
    static double[][] updates(double @Nullable [] canary) {
        double[][] updates = new double[canary == null ? CLIENTS - 1 : CLIENTS][];
        for (int client = 0; client < CLIENTS - 1; client++) {
            updates[client] = Trial.vector(SIZE, new Seed(client));
        }
        if (canary != null) {
            updates[CLIENTS - 1] = canary;
        }
        return updates;
    }

    /** What is released. */
    double[] mean(double[][] updates) {
        Aggregator.Accumulator sum =
                Halves.of(new Privacy(new Mechanism.Central(Optional.empty()), clip, OptionalDouble.of(multiplier),
                        OptionalDouble.empty(), 1e-5, Optional.empty(), Set.of()), multiplier,
                        new Drawing(new Sampling.Everyone(), Adjacency.ZERO_OUT, CLIENTS, 2, 2, 1), LAYOUT, 1)
                        .begin(ServerState.start(Parameters.zeros(LAYOUT)), noise, new SeededBytes(noise))
                        .onServer().orElseThrow().start(LAYOUT);
        for (double[] update : updates) {
            sum.add(update(update));
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
}
