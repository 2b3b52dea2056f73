package dev.hansa.server.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes to a database, in the order in which they were asked for, as many in one transaction as wait for it: a commit
 * costs a disk's whole turn, however much is in it.
 *
 * <p>Guarantee: no change is on the disk before one that was asked for earlier, and none fails for another's sake: if a
 * transaction fails, its changes are made one by one. A change may therefore run twice, on any thread, and does nothing but
 * speak to its handle. Safe for several threads.
 */
final class Commits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** So long a change that nobody waits for waits for others, or for a transaction that takes it along. */
    private static final Duration GATHER = Duration.ofMillis(50);

    private final Jdbi writer;
    /** Held during a transaction. */
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Set<Change<?>> waiting = new LinkedHashSet<>();
    private final Thread gatherer;
    private boolean closed;

    Commits(Jdbi writer) {
        this.writer = writer;
        this.gatherer = Thread.ofPlatform().name("hansa-commits").daemon().start(this::commitWhatGathers);
    }

    /**
     * Makes the change, behind all that wait; durable when it returns.
     *
     * @throws RuntimeException if it cannot be made, which leaves nothing of it; an {@link Error} likewise
     */
    <T> T now(HandleCallback<T, RuntimeException> callback) {
        Change<T> change = add(callback, false);
        turn.lock();
        try {
            if (!change.durable().isDone()) { // otherwise another's transaction took it along
                commit(changes());
            }
        } finally {
            turn.unlock();
        }
        try {
            return change.durable().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Makes the change with the next that is made {@linkplain #now now}, or in a moment; done when it is durable. */
    <T> CompletableFuture<T> soon(HandleCallback<T, RuntimeException> callback) {
        return add(callback, true).durable();
    }

    private <T> Change<T> add(HandleCallback<T, RuntimeException> callback, boolean stays) {
        Change<T> change = new Change<>(callback, stays, new CompletableFuture<>());
        lock.lock();
        try {
            waiting.add(change);
            if (stays) {
                came.signal();
            }
        } finally {
            lock.unlock();
        }
        return change;
    }

    /** All that wait. */
    private List<Change<?>> changes() {
        lock.lock();
        try {
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Change<?>> changes) {
        try {
            commitTogether(changes);
        } catch (RuntimeException | Error problem) {
            if (changes.size() == 1) {
                failed(changes, problem);
            } else {
                commitOneByOne(changes);
            }
        }
    }

    private void commitTogether(List<Change<?>> changes) {
        List<Runnable> made = new ArrayList<>(changes.size());
        writer.useTransaction(handle -> {
            for (Change<?> change : changes) {
                made.add(change.make(handle));
            }
        });
        remove(changes);
        made.forEach(Runnable::run);
    }

    private void commitOneByOne(List<Change<?>> changes) {
        for (int i = 0; i < changes.size(); i++) {
            try {
                commitTogether(changes.subList(i, i + 1));
            } catch (RuntimeException | Error problem) {
                if (failed(changes.subList(i, changes.size()), problem)) {
                    return;
                }
            }
        }
    }

    /** The first cannot be made; says whether it stays, and the others can therefore not be made either. */
    private boolean failed(List<Change<?>> changes, Throwable problem) {
        Change<?> first = changes.getFirst();
        boolean stuck = first.stays() && Passing.is(problem);
        List<Change<?>> over = stuck ? changes.stream().filter(change -> !change.stays()).toList() : List.of(first);
        if (first.stays() && !stuck) {
            LOG.error("a change that nobody waits for can never be made and is left out", problem);
        }
        remove(over);
        over.forEach(change -> change.durable().completeExceptionally(problem));
        return stuck;
    }

    private void remove(List<Change<?>> over) {
        lock.lock();
        try {
            over.forEach(waiting::remove);
        } finally {
            lock.unlock();
        }
    }

    private void commitWhatGathers() {
        while (awaitChange()) {
            pause(GATHER);
            List<Change<?>> stuck = commitInTurn();
            if (!stuck.isEmpty()) {
                LOG.warn("{} changes wait for the database to take them", stuck.size());
                pause(RETRY);
            }
        }
    }

    /** Gives what is left. */
    private List<Change<?>> commitInTurn() {
        turn.lock();
        try {
            List<Change<?>> changes = changes();
            if (!changes.isEmpty()) {
                commit(changes);
            }
            return changes.stream().filter(change -> !change.durable().isDone()).toList();
        } finally {
            turn.unlock();
        }
    }

    private boolean awaitChange() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                came.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
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

    /** Makes what waits. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            came.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (gatherer.isAlive()) {
            try {
                gatherer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        List<Change<?>> lost = commitInTurn();
        if (!lost.isEmpty()) {
            LOG.error("{} changes could not be written before the end", lost.size());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One change.
     *
     * @param stays until it can be made
     */
    private record Change<T>(HandleCallback<T, RuntimeException> callback, boolean stays,
            CompletableFuture<T> durable) {

        /** Says what to do once that is durable. */
        Runnable make(Handle handle) {
            T result = callback.withHandle(handle);
            return () -> durable.complete(result);
        }
    }
}
