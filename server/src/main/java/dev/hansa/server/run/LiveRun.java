package dev.hansa.server.run;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.Store;
import dev.hansa.server.store.DiskFull;
import dev.hansa.server.store.Passing;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that is under way, and the thread that runs it. When the disk is full, or files and the database fail for a while,
 * it waits, longer each time, and goes on where it was. However it ends, it ends in the store too.
 */
final class LiveRun {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);

    private final String id;
    private final Supplier<Attempt> attempts;
    private final Store store;
    private final DiskFull diskFull;
    private final Tries tries;
    private final Thread thread;
    private final Lock lock;
    private final Condition stopAsked;
    private @Nullable Attempt attempt;
    private @Nullable String lacking;
    private boolean stopped;
    /** Each request ends one pause. */
    private int stopsToHeed;
    /** What broke last, and is not dealt with yet; of the run's thread alone, as the next. */
    private @Nullable Throwable problem;
    /** The run's end, if it failed, until it is written. */
    private RunEvent.@Nullable Failed failed;

    /**
     * @param attempts makes each attempt from what is on the disk
     * @param over     is called at the end, from the run's thread
     */
    LiveRun(String id, Supplier<Attempt> attempts, Store store, DiskFull diskFull, Tries tries, Runnable over) {
        this(id, attempts, store, diskFull, tries, over, Thread.ofPlatform().name("hansa-run-" + id).factory(),
                new ReentrantLock());
    }

    /**
     * @param threads makes the run's thread
     * @param lock    this object's own; its conditions tell how long a pause is
     */
    LiveRun(String id, Supplier<Attempt> attempts, Store store, DiskFull diskFull, Tries tries, Runnable over,
            ThreadFactory threads, Lock lock) {
        this.id = id;
        this.attempts = attempts;
        this.store = store;
        this.diskFull = diskFull;
        this.tries = tries;
        this.lock = lock;
        this.stopAsked = lock.newCondition();
        this.thread = threads.newThread(() -> {
            try {
                bringToEnd();
            } catch (InterruptedException e) {
                LOG.info("run {} pauses until the coordinator starts again", id);
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
            stopsToHeed++;
            stopAsked.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread; the run is to be gone on with later. */
    void interrupt() {
        thread.interrupt();
    }

    /** Waits until the thread has ended, whatever interrupts. */
    void join(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        boolean ended = false;
        for (boolean waited = false; !waited;) {
            try {
                ended = thread.join(Duration.ofNanos(deadline - System.nanoTime()));
                waited = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (!ended) {
            LOG.warn("run {} did not end in {} seconds", id, patience.toSeconds());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
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

    private void bringToEnd() throws InterruptedException {
        while (true) {
            try {
                dealWithProblem();
                if (failed == null) {
                    RunEvent end = begin().loop.run();
                    LOG.info("run {}: {}", id, end);
                } else {
                    store.append(id, failed);
                }
                return;
            } catch (RuntimeException | Error e) {
                if (Thread.currentThread().isInterrupted()) { // a file that was being read was closed by the interrupt
                    throw new InterruptedException(e.toString());
                }
                problem = e;
            }
        }
    }

    private void dealWithProblem() throws InterruptedException {
        Throwable met = problem;
        problem = null;
        if (met == null) {
            return;
        }
        int vain = tries.failed();
        if (failed != null) {
            LOG.error("the end of run {} cannot be written; trying again", id, met);
            pause();
        } else if (diskFull.causedBy(met)) {
            await("room: the disk of the coordinator is full (" + met.getMessage()
                    + "); it tries again by itself, at least once a minute");
        } else if (Passing.is(met) && vain < Tries.MOST) {
            await("the coordinator's disk, which fails (" + met.getMessage() + "); it tries again by itself, "
                    + (Tries.MOST - vain) + " times more");
        } else {
            failed = new RunEvent.Failed(
                    "the coordinator failed: " + (met instanceof RuntimeException ? met.getMessage() : met));
            LOG.error("run {} failed", id, met);
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

    private void await(String what) throws InterruptedException {
        LOG.warn("run {} waits for {}", id, what);
        lock.lock();
        try {
            lacking = what;
        } finally {
            lock.unlock();
        }
        try {
            store.append(id, new RunEvent.Waiting(0, Collections.emptySortedSet(), what));
        } catch (RuntimeException e) {
            LOG.debug("run {} cannot tell that it waits", id, e);
        }
        pause();
    }

    private void pause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = tries.pause().toNanos();
            while (left > 0 && stopsToHeed == 0) {
                left = stopAsked.awaitNanos(left);
            }
            LOG.debug("run {} tries again{}", id, stopsToHeed > 0 ? " to be stopped" : "");
            stopsToHeed = Math.max(0, stopsToHeed - 1);
        } finally {
            lock.unlock();
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
