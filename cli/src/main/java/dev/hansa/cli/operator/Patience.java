package dev.hansa.cli.operator;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waits for a coordinator that is away: longer from time to time, telling when it goes and when it is back. For one
 * thread.
 */
final class Patience {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Consumer<String> messages;
    private final Duration most;
    private boolean known;
    private Duration pause = SHORTEST_PAUSE;
    private Duration waited = Duration.ZERO;

    /**
     * @param messages is told when the coordinator is away and back
     * @param most     how long to wait for it, each time that it is away
     */
    Patience(Consumer<String> messages, Duration most) {
        this.messages = messages;
        this.most = most;
    }

    /**
     * Pauses before the next attempt. What answers in place of a coordinator that has answered before is waited out as if
     * nothing answered.
     *
     * @throws UnreachableException the same, if another attempt makes no sense or the patience is over
     */
    void after(UnreachableException failure) throws InterruptedException {
        if (!failure.retrySafe() && !known || waited.compareTo(most) >= 0) {
            throw failure;
        }
        if (waited.isZero()) {
            messages.accept(failure.getMessage() + "; trying again");
        }
        Duration left = most.minus(waited);
        Duration next = pause.compareTo(left) < 0 ? pause : left;
        Thread.sleep(next);
        waited = waited.plus(next);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    /** The coordinator has answered. */
    void answered() {
        known = true;
        if (!waited.isZero()) {
            messages.accept("the coordinator is back");
            waited = Duration.ZERO;
            pause = SHORTEST_PAUSE;
        }
    }
}
