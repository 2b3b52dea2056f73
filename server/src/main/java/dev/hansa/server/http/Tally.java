package dev.hansa.server.http;

import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Counts what may happen very often, so that the log hears of it only every few seconds. Safe for several threads. */
final class Tally {
    /** The log hears of it no more often. */
    static final Duration EVERY = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private long told;
    private long untold;

    /** @param nanos a clock that only goes forward */
    Tally(LongSupplier nanos) {
        this.nanos = nanos;
        this.told = nanos.getAsLong() - EVERY.toNanos();
    }

    /** For people, how many others there were, if there were any. */
    static String others(long times) {
        return times == 1 ? "" : " (and " + (times - 1) + " other requests since this was last told)";
    }

    /**
     * It has happened.
     *
     * @param log is told how often since it was told last, unless that was a moment ago
     */
    synchronized void note(LongConsumer log) {
        untold++;
        long now = nanos.getAsLong();
        if (now - told >= EVERY.toNanos()) {
            log.accept(untold);
            told = now;
            untold = 0;
        }
    }
}
