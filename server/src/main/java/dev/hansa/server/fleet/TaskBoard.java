package dev.hansa.server.fleet;

import com.google.protobuf.ByteString;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.fleet.OpenTask.State;
import dev.hansa.server.store.TaskTable;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.BlobCodec;
import dev.hansa.wire.message.ReportCodec;
import dev.hansa.wire.safetensors.Inline;
import dev.hansa.wire.safetensors.SafetensorsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The open tasks of all runs: rounds pin them up, nodes take and answer them.
 *
 * <p>Guarantee: a report is on the disk before it counts, and counts once; after its task is closed it is refused. Safe
 * for several threads.
 */
public final class TaskBoard {
    private final TaskTable table;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition answers = lock.newCondition();
    private final Map<String, OpenTask> tasks = new LinkedHashMap<>();
    private boolean draining;

    public TaskBoard(TaskTable table) {
        this.table = table;
    }

    /** Asks; some may have been asked, or have reported, before a restart. */
    void open(List<OpenTask> asked) {
        lock.lock();
        try {
            asked.forEach(task -> tasks.put(task.id(), task));
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The node's oldest open task; if there is none yet, the first that comes within the time, or none. */
    public Optional<OpenTask> next(String node, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<OpenTask> next = tasks.values().stream()
                        .filter(task -> task.node().equals(node) && task.state == State.OPEN).findFirst();
                long left = deadline - System.nanoTime();
                if (next.isPresent() || draining || left <= 0) {
                    return next;
                }
                work.await(left, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whose answer to one of these tasks is still waited for. */
    Set<String> unanswered(List<OpenTask> asked) {
        lock.lock();
        try {
            return asked.stream().filter(task -> task.state == State.OPEN).map(OpenTask::node)
                    .collect(Collectors.toSet());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The task, for the node that was asked.
     *
     * @throws RejectedException if it is closed, or another's
     */
    public OpenTask of(String id, String node) {
        lock.lock();
        try {
            OpenTask task = tasks.get(id);
            if (task == null || task.state == State.CLOSED) {
                throw closed(id);
            }
            if (!task.node().equals(node)) {
                throw new RejectedException(ErrorCode.NOT_YOURS, "task " + id + " is not " + node + "'s");
            }
            return task;
        } finally {
            lock.unlock();
        }
    }

    /** The open task of the node whose model that is. */
    public Optional<OpenTask> withModel(String node, Sha256 model) {
        lock.lock();
        try {
            return tasks.values().stream()
                    .filter(task -> task.node().equals(node) && task.state == State.OPEN
                            && task.model().filter(blob -> blob.blob().sha256().equals(model)).isPresent())
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a report; when this returns it is on the disk and will be counted. The same task's second report changes
     * nothing.
     *
     * @throws RejectedException if the task is closed or the report does not answer it
     */
    public void report(OpenTask task, dev.hansa.wire.proto.Report message) {
        Report report = decode(message, task::update);
        requireAnswer(task.task(), report);
        if (reported(task)) {
            return;
        }
        table.report(task.id(), message.toByteArray());
        lock.lock();
        try {
            if (task.state == State.CLOSED) {
                throw closed(task.id());
            }
            if (task.state == State.OPEN) {
                accept(task, message, report);
                answers.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a report that an earlier process had acknowledged, before the task is opened.
     *
     * @throws RejectedException if the update it names is not there
     */
    static void restore(OpenTask task, dev.hansa.wire.proto.Report message) {
        Report report = decode(message, task::restored);
        requireAnswer(task.task(), report);
        accept(task, message, report);
    }

    private static Report decode(dev.hansa.wire.proto.Report message, Function<BlobRef, Path> uploaded) {
        ByteString content = message.getContent();
        if (content.size() > Limits.INLINE_BYTES) {
            throw new RejectedException(ErrorCode.TOO_LARGE, "the report's content has " + content.size()
                    + " bytes, expected at most " + Limits.INLINE_BYTES + "; upload the update");
        }
        return ReportCodec.decode(message, blob -> content.isEmpty()
                ? SafetensorsFile.open(uploaded.apply(blob))
                : Inline.read(blob, content.toByteArray()));
    }

    private static void accept(OpenTask task, dev.hansa.wire.proto.Report message, Report report) {
        if (report instanceof Report.Fitted && message.getContent().isEmpty()) {
            task.seal(BlobCodec.decode(message.getFitted().getDifference()));
        }
        task.state = State.REPORTED;
        task.report = report;
        task.arrived();
    }

    private static void requireAnswer(Task task, Report report) {
        boolean answers = switch (report) {
            case Report.Described described -> task instanceof Task.Describe;
            case Report.Fitted fitted -> task instanceof Task.Fit;
            case Report.Evaluated evaluated -> task instanceof Task.Evaluate;
            case Report.Refused refused -> true;
            case Report.Failed failed -> true;
        };
        if (!answers) {
            throw new RejectedException(ErrorCode.UNUSABLE, "a " + report.getClass().getSimpleName()
                    + " does not answer a task " + task.getClass().getSimpleName());
        }
    }

    private boolean reported(OpenTask task) {
        lock.lock();
        try {
            return task.state == State.REPORTED;
        } finally {
            lock.unlock();
        }
    }

    /** The node answers nothing more of what it was asked. */
    public void abandon(String node) {
        lock.lock();
        try {
            tasks.values().stream().filter(task -> task.node().equals(node) && task.state == State.OPEN)
                    .forEach(task -> task.state = State.CLOSED);
            answers.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until none of the tasks is open any more, enough are done, or the time is over. */
    void await(Collection<OpenTask> asked, Fleet.Patience patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.deadline().toNanos();
        lock.lockInterruptibly();
        try {
            long left = deadline - System.nanoTime();
            while (left > 0 && asked.stream().anyMatch(task -> task.state == State.OPEN)
                    && asked.stream().filter(OpenTask::isDone).count() < patience.enough()) {
                answers.await(left, TimeUnit.NANOSECONDS);
                left = deadline - System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the tasks down and hands over those that were reported, in the order given. */
    void close(Collection<OpenTask> asked, Consumer<OpenTask> reported) {
        lock.lock();
        try {
            for (OpenTask task : asked) {
                if (task.state == State.REPORTED) {
                    reported.accept(task);
                }
                task.state = State.CLOSED;
                tasks.remove(task.id());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for work any more. */
    public void drain() {
        lock.lock();
        try {
            draining = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    static RejectedException closed(String id) {
        return new RejectedException(ErrorCode.CLOSED, "task " + id + " is closed: its round is over; drop the work");
    }
}
