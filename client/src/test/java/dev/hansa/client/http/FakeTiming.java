package dev.hansa.client.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes in no time, and chance that is always the same. */
final class FakeTiming implements Timing {
    final List<Duration> pauses = new ArrayList<>();
    private final int patience;
    private long now = 1_700_000_000_000L;

    /**
     * @param patience the pauses after which the thread counts as interrupted
     */
    FakeTiming(int patience) {
        this.patience = patience;
    }

    @Override
    public long millis() {
        return now;
    }

    @Override
    public double random() {
        return 0.5;
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        pauses.add(pause);
        now += pause.toMillis();
        if (pauses.size() > patience) {
            throw new InterruptedException("no patience left");
        }
    }
}
