package dev.hansa.server.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;

/** The open tasks of one node, oldest first; touched under the lock of its {@link TaskBoard} alone. */
final class Desk {
    final Condition came;
    final Map<String, OpenTask> tasks = new LinkedHashMap<>();
    /** How many requests of the node wait for a task. */
    int waiting;

    Desk(Condition came) {
        this.came = came;
    }

    void put(OpenTask task) {
        tasks.put(task.id(), task);
        came.signalAll();
    }

    boolean isIdle() {
        return tasks.isEmpty() && waiting == 0;
    }
}
