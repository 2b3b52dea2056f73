package dev.hansa.server.faults;

import dev.hansa.server.store.TaskStore;

/** What somebody has broken in a coordinator, to see that it is noticed. */
interface Sabotage {

    /** The tasks as its fleet and its board see them. */
    default TaskStore tasks(TaskStore honest) {
        return honest;
    }

    /** The number of a new task. */
    default long id(long honest) {
        return honest;
    }
}
