package dev.hansa.server.fleet;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When nodes that found no work are to ask again ("pace steering": Bonawitz et al., <i>Towards Federated Learning at Scale:
 * System Design</i>, MLSys 2019, section 2.3).
 *
 * <p>While a run goes on, and in a small fleet always, at once: all are there when they are wanted. A large fleet without a
 * run is spread, so that it asks about {@value #PER_SECOND} times a second; it is gathered again within the longest pause.
 */
public final class Pace {
    private static final int PER_SECOND = 8;
    /** A connection on which nothing moves for two and a half minutes is cut, and a new one costs more than a question. */
    private static final Duration LONGEST = Duration.ofSeconds(130);

    private final Duration wait;
    private final DoubleSupplier random;

    /**
     * @param wait   how long a question is held open when there is no work
     * @param random from 0 to below 1; spreads, protects nothing
     */
    public Pace(Duration wait, DoubleSupplier random) {
        this.wait = wait;
        this.random = random;
    }

    /** How long one of so many nodes is to pause. */
    public Duration pause(int nodes, boolean underWay) {
        long spread = 1000L * nodes / PER_SECOND - wait.toMillis();
        if (underWay || spread <= 0) {
            return Duration.ZERO;
        }
        double most = Math.min((double) LONGEST.toMillis(), 4 * spread / 3.0);
        return Duration.ofMillis((long) (most * (0.5 + random.getAsDouble() / 2)));
    }
}
