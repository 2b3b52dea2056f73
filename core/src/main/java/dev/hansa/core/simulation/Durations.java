package dev.hansa.core.simulation;

import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How long simulated clients take to train, when they are there, and what goes between them and the coordinator.
 *
 * <p>Pure, so that a simulation ends in the same bytes each time: the same question has the same answer. Safe for several
 * threads.
 */
public interface Durations {
    /** Longer than any deadline: the client drops out. */
    Duration NEVER = Duration.ofDays(100_000);

    /** No time at all. */
    Durations NONE = new Durations() {
        @Override
        public Duration of(String client, int number, Task.Fit task) {
            return Duration.ZERO;
        }

        @Override
        public boolean isReliable() {
            return true;
        }
    };

    /**
     * How long the training takes, from when the client is asked until its update is there; 0 or more.
     *
     * @param number of the client's training, from 1
     */
    Duration of(String client, int number, Task.Fit task);

    /** The bytes that go over a network for it, if it is done. */
    default Traffic traffic(String client, Task.Fit task) {
        return Traffic.NONE;
    }

    /**
     * Whether the client can be asked then.
     *
     * @param time since the beginning
     */
    default boolean isThere(String client, Duration time) {
        return true;
    }

    /** When after that time others are there; empty if it is always the same ones. */
    default Optional<Duration> nextChange(Duration time) {
        return Optional.empty();
    }

    /** Whether each client that is asked keeps each deadline. */
    default boolean isReliable() {
        return false;
    }

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
        public Duration of(String client, int number, Task.Fit task) {
            return of(client, number);
        }

        /** Whatever the task is. */
        Duration of(String client, int number) {
            SplittableRandom random = seed.derive(client).derive(number).random();
            return Duration.ofNanos(Math.round(Math.abs(Draws.normal(random)) * deviation.toNanos()));
        }
    }
}
