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
            // Box and Muller, of which one half is enough; 1 - u is never 0
            double normal = Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                    * Math.cos(2 * Math.PI * random.nextDouble());
            return Duration.ofNanos(Math.round(Math.abs(normal) * deviation.toNanos()));
        }
    }
}
