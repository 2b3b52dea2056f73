package dev.hansa.core.coordinator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a run is to end after the round at hand. Safe for several threads. */
final class StopSignal {
    private final CountDownLatch given = new CountDownLatch(1);

    void give() {
        given.countDown();
    }

    boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Lets the time pass, or what is left of it when the signal is given. */
    @SuppressWarnings("ReturnValueIgnored") // whoever pauses looks at the signal anyway
    void pause(Duration time) throws InterruptedException {
        given.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
