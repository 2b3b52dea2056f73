package dev.hansa.server.store;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.server.api.EventView;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.RunState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of all runs, numbered in their order; they also tell where a run stands.
 *
 * <p>A commit costs a disk's whole turn, so events that come while one is under way are written together in the next.
 */
public final class EventLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    /** The most events that one reading gives. */
    public static final int PAGE = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** So long an event waits for others, or for a commit that takes it along. */
    private static final Duration GATHER = Duration.ofMillis(50);

    private final Database database;
    private final Clock clock;
    /** Held from before a transaction begins until its events are no longer pending. */
    private final ReentrantLock committing = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final Queue<Pending> pending = new ArrayDeque<>();
    private final Thread writer;
    private long commits;
    private boolean closed;

    public EventLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.writer = Thread.ofPlatform().name("hansa-events").daemon().start(this::writeWhatComes);
    }

    /** Adds the event; it is written soon, and at the latest by the next {@link #flush}. */
    void append(String run, RunEvent event) {
        lock.lock();
        try {
            pending.add(new Pending(run, clock.instant(), event));
            came.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Adds the event behind all that was appended; durable when it returns, or throws and has not added it. */
    void appendDurably(String run, RunEvent event) {
        commit(run, List.of(event), handle -> handle);
    }

    /** Writes all that was appended; durable when it returns. */
    public void flush() {
        commit("", List.of(), handle -> handle);
    }

    /**
     * One transaction, which also writes all that was appended before, and these events of one run behind it. If it fails
     * nothing is lost: what was appended is written by the next.
     */
    <T> T commit(String run, List<RunEvent> events, HandleCallback<T, RuntimeException> change) {
        Instant now = clock.instant();
        committing.lock();
        try {
            List<Pending> batch = waiting();
            T result = database.write(handle -> {
                batch.forEach(event -> write(handle, event));
                events.forEach(event -> write(handle, new Pending(run, now, event)));
                return change.withHandle(handle);
            });
            written(batch.size());
            return result;
        } finally {
            committing.unlock();
        }
    }

    private List<Pending> waiting() {
        lock.lock();
        try {
            return List.copyOf(pending);
        } finally {
            lock.unlock();
        }
    }

    /** The first so many are on the disk: wakes those who wait for them. */
    private void written(int events) {
        lock.lock();
        try {
            for (int i = 0; i < events; i++) {
                pending.remove();
            }
            commits++;
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void write(Handle handle, Pending event) {
        handle.execute("insert into events (run, number, time, event) select ?, coalesce(max(number), 0) + 1, ?, ?"
                + " from events where run = ?", event.run, event.time.toEpochMilli(),
                Json.mapper().writerFor(RunEvent.class).writeValueAsString(event.event), event.run);
        moveRun(handle, event);
    }

    /**
     * The run's events after a number, at most {@value #PAGE}; if there are none yet, those that come first within the
     * time, or none.
     */
    public List<EventView> after(String run, long number, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            long seen = commits();
            List<EventView> events = read(run, number);
            if (!events.isEmpty() || !awaitCommitAfter(seen, deadline)) {
                return events;
            }
        }
    }

    private List<EventView> read(String run, long number) {
        return database.read(handle -> handle
                .select("select number, time, event from events where run = ? and number > ? order by number limit ?",
                        run, number, PAGE)
                .map((row, context) -> new EventView(row.getLong("number"), Instant.ofEpochMilli(row.getLong("time")),
                        Json.mapper().readValue(row.getString("event"), RunEvent.class)))
                .list());
    }

    private long commits() {
        lock.lock();
        try {
            return commits;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitCommitAfter(long seen, long deadline) throws InterruptedException {
        lock.lock();
        try {
            while (commits == seen) {
                long left = deadline - System.nanoTime();
                if (closed || left <= 0) {
                    return false;
                }
                written.await(left, TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void writeWhatComes() {
        while (awaitPending()) {
            pause(GATHER);
            try {
                flushUnlessWritten();
            } catch (RuntimeException e) {
                LOG.error("events could not be written; trying again", e);
                pause(RETRY);
            }
        }
    }

    private void flushUnlessWritten() {
        if (!waiting().isEmpty()) {
            flush();
        }
    }

    private void pause(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !closed) {
                left = came.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitPending() {
        lock.lock();
        try {
            while (pending.isEmpty() && !closed) {
                came.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private static void moveRun(Handle handle, Pending next) {
        switch (next.event) {
            case RunEvent.Waiting waiting -> RunTable.move(handle, next.run, RunState.WAITING);
            case RunEvent.ClientDescribed described -> RunTable.move(handle, next.run, RunState.RUNNING);
            case RunEvent.RoundStarted started -> RunTable.move(handle, next.run, RunState.RUNNING);
            case RunEvent.Finished end -> RunTable.end(handle, next.run, RunState.FINISHED, end.reason(), next.time);
            case RunEvent.Stopped end ->
                    RunTable.end(handle, next.run, RunState.STOPPED, "stopped by an operator", next.time);
            case RunEvent.Failed end -> RunTable.end(handle, next.run, RunState.FAILED, end.reason(), next.time);
            default -> {
                // says nothing about where the run stands
            }
        }
    }

    /** Writes what is left; who waits gets what is there. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            came.signal();
            written.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        flush();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Pending(String run, Instant time, RunEvent event) {}
}
