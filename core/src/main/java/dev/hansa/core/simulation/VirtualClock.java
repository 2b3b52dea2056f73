package dev.hansa.core.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of a simulation: it begins at 0 and passes only when the simulation says so. Safe for several threads. */
final class VirtualClock extends Clock {
    private volatile Duration now = Duration.ZERO;

    /** The time since the beginning. */
    Duration now() {
        return now;
    }

    /** Time goes on to then, or stays if that is over. */
    void advanceTo(Duration then) {
        if (then.compareTo(now) > 0) {
            now = then;
        }
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(now);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("simulations have no places");
    }
}
