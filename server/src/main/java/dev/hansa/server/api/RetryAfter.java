package dev.hansa.server.api;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The header that tells who is turned away when to come back. */
public final class RetryAfter {
    /** Its name. */
    public static final String HEADER = "Retry-After";

    private RetryAfter() {}

    /** Its value: from so long to twice that, drawn, so that those who are turned away together come back one by one. */
    public static String from(Duration least) {
        return Long.toString(ThreadLocalRandom.current().nextLong(least.toSeconds(), 2 * least.toSeconds() + 1));
    }
}
