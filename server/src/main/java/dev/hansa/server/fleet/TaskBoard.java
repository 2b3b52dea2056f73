package dev.hansa.server.fleet;

import dev.hansa.core.FederationException;
import dev.hansa.core.protocol.Report;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.fleet.OpenTask.State;
import dev.hansa.server.store.TaskStore;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Sha256;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The open tasks of all runs: rounds pin them up, nodes take and answer them.
 *
 * <p>Guarantee: a report is on the disk before it counts, and counts once; after its task is closed it is refused. Safe
 * for several threads.
 */
public final class TaskBoard {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final TaskStore table;
    private final Lock lock;
    private final LongSupplier nanos;
    private final Condition answers;
    private final Condition reportEnds;
    private final Map<String, OpenTask> tasks = new HashMap<>();
    private final Desks desks;
    /** Written under the lock. */
    private volatile boolean draining;

    /**
     * With no tasks.
     *
     * @param lock  this board's own
     * @param nanos a clock that only goes forward, as that of the lock's conditions
     */
    public TaskBoard(TaskStore table, Lock lock, LongSupplier nanos) {
        this.table = table;
        this.lock = lock;
        this.nanos = nanos;
        this.desks = new Desks(lock, nanos);
        this.answers = lock.newCondition();
        this.reportEnds = lock.newCondition();
    }

    /** Asks; some may have been asked, or have reported, before a restart. */
    void open(List<OpenTask> asked) {
        lock.lock();
        try {
            for (OpenTask task : asked) {
                tasks.put(task.id(), task);
                if (task.state == State.OPEN) {
                    desks.put(task);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The node's oldest open task; if there is none yet, the first that comes within the time, or none. */
    public Optional<OpenTask> next(String node, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return desks.await(node, wait, () -> draining);
        } finally {
            lock.unlock();
        }
    }

    /** Whose answer to one of these tasks is still waited for. */
    Set<String> unanswered(List<OpenTask> asked) {
        return locked(() -> asked.stream().filter(task -> task.state == State.OPEN).map(OpenTask::node)
                .collect(Collectors.toSet()));
    }

    /**
     * The task, for the node that was asked and answers now.
     *
     * @throws RejectedException if it is closed, so that the answer is {@linkplain TaskStore#late late}, or another's; {@code
     *                           busy} if an earlier process asked, and this one has not come to ask again
     */
    public OpenTask of(String id, String node) {
        OpenTask task = find(id).orElseThrow(() -> table.isAwaited(id, node)
                ? RejectedException.busy("task " + id + " is not open again yet; its run is about to go on", SOON)
                : late(id, node));
        if (!task.node().equals(node)) {
            throw new RejectedException(ErrorCode.NOT_YOURS, "task " + id + " is not " + node + "'s");
        }
        if (isClosed(task)) {
            throw late(task);
        }
        return task;
    }

    private Optional<OpenTask> find(String id) {
        return locked(() -> Optional.ofNullable(tasks.get(id)));
    }

    private boolean isClosed(OpenTask task) {
        return locked(() -> task.state == State.CLOSED);
    }

    /**
     * Notes that the node answers the closed task too late.
     *
     * @return what the node is told; if the database fails, that is thrown instead: the node comes back and is noted then
     */
    public RejectedException late(OpenTask task) {
        return late(task.id(), task.node());
    }

    private RejectedException late(String id, String node) {
        table.late(id, node);
        return closed(id);
    }

    /** The open task of the node whose model that is. */
    public Optional<OpenTask> withModel(String node, Sha256 model) {
        return locked(() -> desks.of(node).stream()
                .filter(task -> task.model().filter(blob -> blob.blob().sha256().equals(model)).isPresent())
                .findFirst());
    }

    /**
     * Takes a report; when this returns it is on the disk and will be counted. The same task's second report changes
     * nothing.
     *
     * @throws RejectedException if the task is closed or the report does not answer it
     */
    public void report(OpenTask task, dev.hansa.wire.proto.Report message) {
        State before = beginReport(task);
        if (before == State.CLOSED) {
            throw late(task);
        }
        if (before == State.OPEN) {
            try {
                Report report = Intake.report(task, message);
                boolean noted = table.report(task.id(), message.toByteArray());
                accept(task, noted, message, report);
            } finally {
                endReport(task);
            }
        }
    }

    /**
     * Lets one report on the task come in at a time, or the last one written might not be the one that is counted; until
     * its {@linkplain #endReport end} the task stays open, or one might be written that is refused.
     *
     * @return the task's state; only a task that is open takes one
     */
    private State beginReport(OpenTask task) {
        return locked(() -> {
            awaitReport(task);
            task.reporting = task.state == State.OPEN;
            return task.state;
        });
    }

    /** Under the lock, which others may have meanwhile. */
    private void awaitReport(OpenTask task) {
        while (task.reporting) {
            reportEnds.awaitUninterruptibly();
        }
    }

    private void endReport(OpenTask task) {
        lock.lock();
        try {
            task.reporting = false;
            reportEnds.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept(OpenTask task, boolean noted, dev.hansa.wire.proto.Report message, Report report) {
        lock.lock();
        try {
            if (!noted) {
                throw new FederationException("task " + task.id() + " is open and not in the database", true);
            }
            Intake.accept(task, message, report);
            take(task);
        } finally {
            lock.unlock();
        }
    }

    /** The node answers nothing more of what it was asked; a report that is coming in still counts. */
    public void abandon(String node) {
        lock.lock();
        try {
            for (OpenTask task : desks.of(node)) {
                awaitReport(task);
                if (task.state == State.OPEN) {
                    task.state = State.CLOSED;
                    take(task);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The task is no longer open: off its node's desk. */
    private void take(OpenTask task) {
        desks.take(task);
        answers.signalAll();
    }

    /** Begins to count down. */
    Countdown countdown(Duration time) {
        return new Countdown(nanos, time);
    }

    /** Waits until none of the tasks is open any more, enough are done, or the time is over. */
    void await(Collection<OpenTask> asked, Countdown countdown, int enough) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = countdown.leftNanos();
            while (left > 0 && asked.stream().anyMatch(task -> task.state == State.OPEN)
                    && asked.stream().filter(OpenTask::isDone).count() < enough) {
                left = answers.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until one of the tasks is not open any more, or the time is over. */
    void awaitOne(Collection<OpenTask> asked, Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (left > 0 && asked.stream().allMatch(task -> task.state == State.OPEN)) {
                left = answers.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those of the tasks that can have no answer any more: abandoned, or their time is over. */
    List<OpenTask> hopeless(Collection<OpenTask> asked) {
        return locked(() -> asked.stream().filter(task -> task.state == State.CLOSED
                || task.state == State.OPEN && task.countdown().leftNanos() <= 0).toList());
    }

    /**
     * Takes the tasks down and hands over those that were reported, in the order given, once reports that are coming in
     * are there; answers to the others are late.
     */
    void close(Collection<OpenTask> asked, Consumer<OpenTask> reported) {
        lock.lock();
        try {
            shut(asked.stream().filter(task -> task.state != State.REPORTED && !task.reporting).toList());
            for (OpenTask task : asked) {
                awaitReport(task);
                if (task.state == State.OPEN) {
                    shut(List.of(task)); // the report was refused, or could not be written
                }
            }
            for (OpenTask task : asked) {
                if (task.state == State.REPORTED) {
                    reported.accept(task);
                }
                task.state = State.CLOSED;
                tasks.remove(task.id());
                take(task);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the tasks down for a process that goes on with them: none of them is over, and what comes is to come back. */
    void suspend(Collection<OpenTask> asked) {
        lock.lock();
        try {
            for (OpenTask task : asked) {
                tasks.remove(task.id());
                take(task);
            }
        } finally {
            lock.unlock();
        }
    }

    private void shut(List<OpenTask> unanswered) {
        unanswered.forEach(task -> task.state = State.CLOSED);
        if (!unanswered.isEmpty()) {
            table.close(unanswered.stream().map(OpenTask::id).toList()); // before anybody can hear that they are closed
        }
    }

    /** Nobody waits for work any more. */
    public void drain() {
        lock.lock();
        try {
            draining = true;
            desks.wake();
        } finally {
            lock.unlock();
        }
    }

    /**
     * To be called between the pieces of what takes long.
     *
     * @throws RejectedException {@code busy} if the coordinator is stopping: the rest is wanted after the next start
     */
    public void requireTime() {
        if (draining) {
            throw RejectedException.busy("the coordinator is stopping; try again later", SOON);
        }
    }

    static RejectedException closed(String id) {
        return new RejectedException(ErrorCode.CLOSED, "task " + id + " is closed: its round is over; drop the work");
    }

    private <T> T locked(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }
}
