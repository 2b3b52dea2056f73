package dev.hansa.server.fleet;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** What each node has open, oldest first; touched under the lock of the {@link TaskBoard} alone. */
final class Desks {
    private final Lock lock;
    private final LongSupplier nanos;
    private final Map<String, Desk> desks = new HashMap<>();

    /**
     * With nothing on them.
     *
     * @param nanos a clock that only goes forward, as that of the lock's conditions
     */
    Desks(Lock lock, LongSupplier nanos) {
        this.lock = lock;
        this.nanos = nanos;
    }

    /** Puts the task on its node's desk. */
    void put(OpenTask task) {
        Desk desk = desk(task.node());
        desk.tasks.put(task.id(), task);
        desk.came.signalAll();
    }

    /** Takes the task off, if it is there. */
    void take(OpenTask task) {
        desks.computeIfPresent(task.node(), (name, desk) -> {
            desk.tasks.remove(task.id());
            return desk.isIdle() ? null : desk;
        });
    }

    /** All that the node has open now. */
    List<OpenTask> of(String node) {
        Desk desk = desks.get(node);
        return desk == null ? List.of() : List.copyOf(desk.tasks.values());
    }

    /** The oldest that the node has open; if there is none, the first that comes within the time, unless nobody waits now. */
    Optional<OpenTask> await(String node, Duration wait, BooleanSupplier over) throws InterruptedException {
        long deadline = nanos.getAsLong() + wait.toNanos();
        Desk desk = desk(node);
        desk.waiting++;
        try {
            long left = deadline - nanos.getAsLong();
            while (desk.tasks.isEmpty() && !over.getAsBoolean() && left > 0) {
                left = desk.came.awaitNanos(left);
            }
            return desk.tasks.values().stream().findFirst();
        } finally {
            desk.waiting--;
            desks.computeIfPresent(node, (name, kept) -> kept.isIdle() ? null : kept);
        }
    }

    /** Lets all who wait look again. */
    void wake() {
        desks.values().forEach(desk -> desk.came.signalAll());
    }

    private Desk desk(String node) {
        return desks.computeIfAbsent(node, name -> new Desk(lock.newCondition()));
    }

    /** The desk of one node. */
    private static final class Desk {
        private final Condition came;
        private final Map<String, OpenTask> tasks = new LinkedHashMap<>();
        /** How many requests of the node wait for a task. */
        private int waiting;

        Desk(Condition came) {
            this.came = came;
        }

        boolean isIdle() {
            return tasks.isEmpty() && waiting == 0;
        }
    }
}
