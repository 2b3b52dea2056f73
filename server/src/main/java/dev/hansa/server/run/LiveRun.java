package dev.hansa.server.run;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.Store;
import dev.hansa.server.store.DiskFull;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that is under way, and the thread that runs it. When the disk is full it waits, longer each time, and goes on
 * where it was.
 */
final class LiveRun {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final String id;
    private final Supplier<Attempt> attempts;
    private final Store store;
    private final Thread thread;
    private final Semaphore stopRequests = new Semaphore(0);
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Attempt attempt;
    private @Nullable String lacking;
    private boolean stopped;
    private Duration pause;

    /**
     * @param attempts makes each attempt from what is on the disk
     * @param pause    before the second attempt
     * @param over     is called at the end, from the run's thread
     */
    LiveRun(String id, Supplier<Attempt> attempts, Store store, Duration pause, Runnable over) {
        this.id = id;
        this.attempts = attempts;
        this.store = store;
        this.pause = pause;
        this.thread = Thread.ofPlatform().name("hansa-run-" + id).unstarted(() -> {
            try {
                while (!attemptEnds()) {
                    // waited for room
                }
            } finally {
                over.run();
            }
        });
    }

    void start() {
        thread.start();
    }

    /** Ends the run after the round at hand. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            if (attempt != null) {
                attempt.stop();
            }
        } finally {
            lock.unlock();
        }
        stopRequests.release();
    }

    /** Ends the thread; the run is to be gone on with later. */
    void interrupt() {
        thread.interrupt();
    }

    /** Waits until the thread has ended. */
    void join(Duration patience) throws InterruptedException {
        if (!thread.join(patience)) {
            LOG.warn("run {} did not end in {} seconds", id, patience.toSeconds());
        }
    }

    /** What the run waits for now, for people. */
    Optional<String> waitsFor() {
        lock.lock();
        try {
            if (lacking != null) {
                return Optional.of(lacking);
            }
            return attempt == null ? Optional.empty() : attempt.waitsFor.get();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the run is over, or paused by the end of the coordinator: if not, there may be room now. */
    private boolean attemptEnds() {
        try {
            RunEvent end = begin().loop.run();
            LOG.info("run {}: {}", id, end);
            return true;
        } catch (InterruptedException e) {
            LOG.info("run {} pauses until the coordinator starts again", id);
            return true;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) { // a file that was being read was closed by the interrupt
                LOG.info("run {} pauses until the coordinator starts again", id);
                return true;
            }
            if (DiskFull.causedBy(e)) {
                return !awaitRoom(e);
            }
            LOG.error("run {} failed", id, e);
            store.append(id, new RunEvent.Failed("the coordinator failed: " + e.getMessage()));
            return true;
        }
    }

    private Attempt begin() {
        Attempt begun = attempts.get();
        lock.lock();
        try {
            attempt = begun;
            lacking = null;
            if (stopped) {
                begun.stop();
            }
        } finally {
            lock.unlock();
        }
        return begun;
    }

    /** Whether to try again. */
    private boolean awaitRoom(RuntimeException full) {
        String text = "room: the disk of the coordinator is full (" + full.getMessage()
                + "); it tries again by itself, at least once a minute";
        LOG.warn("run {} waits for {}", id, text);
        lock.lock();
        try {
            lacking = text;
        } finally {
            lock.unlock();
        }
        store.append(id, new RunEvent.Waiting(0, Collections.emptySortedSet(), text));
        try {
            boolean asked = stopRequests.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("run {} tries again{}", id, asked ? " to be stopped" : "");
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            return true;
        } catch (InterruptedException e) {
            LOG.info("run {} pauses until the coordinator starts again", id);
            return false;
        }
    }

    /**
     * One try to bring the run to its end.
     *
     * @param stopWaiting ends the fleet's waiting
     * @param waitsFor    what the fleet waits for, for people
     */
    record Attempt(RunLoop loop, Runnable stopWaiting, Supplier<Optional<String>> waitsFor) {
        private void stop() {
            loop.stop();
            stopWaiting.run();
        }
    }
}
