package dev.hansa.client.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes in no time, and chance that is always the same. */
final class FakeTiming implements Timing {
    final List<Duration> pauses = new ArrayList<>();
    private final int patience;
    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    private Duration set = Duration.ZERO;

    /**
     * @param patience the pauses after which the thread counts as interrupted
     */
    FakeTiming(int patience) {
        this.patience = patience;
    }

    @Override
    public long millis() {
        return now.get() + set.toMillis();
    }

    @Override
    public long nanos() {
        return now.get() * 1_000_000;
    }

    @Override
    public double random() {
        return 0.5;
    }

    /** Somebody sets the machine's clock, so far forward. */
    void set(Duration forward) {
        set = set.plus(forward);
    }

    /** Time passes while somebody else is at work. */
    void pass(Duration time) {
        now.addAndGet(time.toMillis());
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        pauses.add(pause);
        pass(pause);
        if (pauses.size() > patience) {
            throw new InterruptedException("no patience left");
        }
    }
}
