package dev.hansa.server.faults;

import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Store;
import dev.hansa.server.store.TaskStore;

/** What somebody has broken in a coordinator or its nodes, to see that it is noticed. */
interface Sabotage {

    /** The tasks as its fleet and its board see them. */
    default TaskStore tasks(TaskStore honest) {
        return honest;
    }

    /** The number of a new task. */
    default long id(long honest) {
        return honest;
    }

    /** The run as its loop sees it. */
    default RunSpec run(RunSpec honest) {
        return honest;
    }

    /** Whom its loop asks. */
    default Fleet fleet(Fleet honest) {
        return honest;
    }

    /** Where its loop commits. */
    default Store store(Store honest) {
        return honest;
    }

    /** Whether its disk deletes what it is told to. */
    default boolean deletes() {
        return true;
    }

    /** Takes a report and acknowledges it. */
    default void report(Runnable take, Runnable acknowledge) {
        take.run();
        acknowledge.run();
    }

    /** What a node that has just started holds back. */
    default ClientMemory heldBack(ClientMemory honest) {
        return honest;
    }
}
