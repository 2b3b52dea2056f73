package dev.hansa.client.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance as a link meets them; tests bring their own. */
interface Timing {

    /** This machine's. */
    Timing SYSTEM = new Timing() {
        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public void sleep(Duration pause) throws InterruptedException {
            Thread.sleep(pause.toMillis());
        }
    };

    /** Milliseconds since 1970. */
    long millis();

    /** Nanoseconds since whenever, on a clock that only goes forward. */
    long nanos();

    /** From 0 to below 1; spreads the retries of many nodes, protects nothing. */
    double random();

    void sleep(Duration pause) throws InterruptedException;
}
