package dev.hansa.core.simulation;

import dev.hansa.core.model.Seed;
import java.time.Duration;
import java.util.SplittableRandom;

/** How long simulated clients take to train. */
public interface Durations {

    /** No time at all. */
    Durations NONE = (client, number) -> Duration.ZERO;

    /**
     * How long the training takes; 0 or more.
     *
     * @param number of the client's training, from 1
     */
    Duration of(String client, int number);

    /**
     * The absolute values of normally distributed numbers, anew for each training: Nguyen et al., <i>Federated Learning with
     * Buffered Asynchronous Aggregation</i>, AISTATS 2022, found that this is how the times of real phones lie. The mean is
     * {@code deviation · √(2/π)}.
     */
    record HalfNormal(Duration deviation, Seed seed) implements Durations {
        public HalfNormal {
            if (deviation.isNegative() || deviation.isZero()) {
                throw new IllegalArgumentException("deviation is " + deviation + ", expected more than 0");
            }
        }

        @Override
        public Duration of(String client, int number) {
            SplittableRandom random = seed.derive(client).derive(number).random();
            return Duration.ofNanos(Math.round(Math.abs(Draws.normal(random)) * deviation.toNanos()));
        }
    }
}
