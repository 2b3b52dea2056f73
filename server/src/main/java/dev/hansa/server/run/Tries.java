package dev.hansa.server.run;

import java.time.Duration;
import java.util.function.IntSupplier;

/** How often in a row a run was tried without getting further, and the pauses in between, each twice the last. */
final class Tries {
    /** So many without progress are enough. */
    static final int MOST = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Duration firstPause;
    private final IntSupplier progress;
    private Duration pause;
    private int reached;
    private int vain;

    /** @param progress how far the run is; it may throw, as what it looks into may be broken */
    Tries(Duration firstPause, IntSupplier progress) {
        this.firstPause = firstPause;
        this.progress = progress;
        this.pause = firstPause;
    }

    /**
     * Notes that a try has failed.
     *
     * @return how many have in a row, after the last progress
     */
    int failed() {
        if (progressed()) {
            pause = firstPause;
            vain = 0;
        }
        return ++vain;
    }

    private boolean progressed() {
        try {
            int before = reached;
            reached = progress.getAsInt();
            return reached > before;
        } catch (RuntimeException unknown) {
            return false;
        }
    }

    /** Before the next try. */
    Duration pause() {
        Duration now = pause;
        pause = now.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? now.multipliedBy(2) : LONGEST_PAUSE;
        return now;
    }
}
