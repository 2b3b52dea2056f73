package dev.hansa.server.fleet;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time until a deadline, by a clock that only goes forward. Safe for several threads. */
final class Countdown {
    private final LongSupplier nanos;
    private final long end;

    /** Begins. */
    Countdown(LongSupplier nanos, Duration time) {
        this.nanos = nanos;
        this.end = nanos.getAsLong() + time.toNanos();
    }

    /** What is left in nanoseconds; 0 or less when the time is over. */
    long leftNanos() {
        return end - nanos.getAsLong();
    }

    /** What is left in milliseconds; 0 when the time is over. */
    long leftMillis() {
        return Math.max(0, leftNanos() / 1_000_000);
    }
}
