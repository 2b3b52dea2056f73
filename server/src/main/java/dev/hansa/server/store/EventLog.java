package dev.hansa.server.store;

import dev.hansa.core.coordinator.Failures;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.server.api.EventView;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.RunState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/** The events of all runs, numbered in their order; they also tell where a run stands. */
public final class EventLog implements AutoCloseable {
    /** The most events that one reading gives. */
    public static final int PAGE = 1_000;

    private final Database database;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private long commits;
    private boolean closed;

    public EventLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Adds the event; it is written soon, and before any that comes later. */
    void append(String run, RunEvent event) {
        Instant now = clock.instant();
        database.soon(handle -> write(handle, run, now, event)).thenRun(this::written);
    }

    /** Adds the event behind all that was appended; durable when it returns, or throws and has not added it. */
    void appendDurably(String run, RunEvent event) {
        commit(run, List.of(event), handle -> handle);
    }

    /** One transaction, which adds these events behind all that was appended, or changes nothing. */
    <T> T commit(String run, List<RunEvent> events, HandleCallback<T, RuntimeException> change) {
        Instant now = clock.instant();
        T result = database.write(handle -> {
            events.forEach(event -> write(handle, run, now, event));
            return change.withHandle(handle);
        });
        written();
        return result;
    }

    /** One transaction, and the event that tells of its change if it makes one. */
    void commit(HandleCallback<Optional<Happening>, RuntimeException> change) {
        Instant now = clock.instant();
        boolean happened = database.write(handle -> {
            Optional<Happening> told = change.withHandle(handle);
            told.ifPresent(happening -> write(handle, happening.run(), now, happening.event()));
            return told.isPresent();
        });
        if (happened) {
            written();
        }
    }

    /** An event of a run. */
    record Happening(String run, RunEvent event) {}

    /** The time, as it is told with events. */
    Instant now() {
        return clock.instant();
    }

    /** Wakes those who wait for events. */
    private void written() {
        lock.lock();
        try {
            commits++;
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void write(Handle handle, String run, Instant time, RunEvent event) {
        handle.execute("insert into events (run, number, time, event) select ?, coalesce(max(number), 0) + 1, ?, ?"
                + " from events where run = ?", run, time.toEpochMilli(),
                Json.mapper().writerFor(RunEvent.class).writeValueAsString(event), run);
        moveRun(handle, run, time, event);
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

    /** Who has refused, and has not told of its data since, as it may when it is asked again after a restart. */
    static SortedMap<String, String> refused(Handle handle, String run) {
        SortedMap<String, String> refused = new TreeMap<>();
        handle.select("select event from events where run = ? and (event like '{\"type\":\"clientRefused\"%'"
                + " or event like '{\"type\":\"clientDescribed\"%') order by number", run)
                .map((row, context) -> Json.mapper().readValue(row.getString("event"), RunEvent.class))
                .forEach(event -> {
                    switch (event) {
                        case RunEvent.ClientRefused refusal -> refused.put(refusal.client(), refusal.reason());
                        case RunEvent.ClientDescribed described -> refused.remove(described.client());
                        default -> throw new IllegalStateException("expected a client's answer, found " + event);
                    }
                });
        return refused;
    }

    /** Why answers were missing, of the run so far. */
    static List<Failures.Failure> failed(Handle handle, String run) {
        Failures failures = new Failures();
        handle.select("select event from events where run = ? and event like '{\"type\":\"clientFailed\"%'"
                + " order by number", run)
                .map((row, context) -> Json.mapper().readValue(row.getString("event"), RunEvent.class))
                .forEach(event -> failures.add((RunEvent.ClientFailed) event));
        return failures.list();
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

    private static void moveRun(Handle handle, String run, Instant time, RunEvent event) {
        switch (event) {
            case RunEvent.Waiting waiting -> RunTable.move(handle, run, RunState.WAITING);
            case RunEvent.ClientDescribed described -> RunTable.move(handle, run, RunState.RUNNING);
            case RunEvent.RoundStarted started -> RunTable.move(handle, run, RunState.RUNNING);
            case RunEvent.Finished end -> RunTable.end(handle, run, RunState.FINISHED, end.reason(), time);
            case RunEvent.Stopped end ->
                    RunTable.end(handle, run, RunState.STOPPED, "stopped by an operator", time);
            case RunEvent.Failed end -> RunTable.end(handle, run, RunState.FAILED, end.reason(), time);
            default -> {
                // says nothing about where the run stands
            }
        }
    }

    /** Who waits gets what is there. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
