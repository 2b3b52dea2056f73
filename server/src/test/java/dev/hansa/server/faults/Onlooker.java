package dev.hansa.server.faults;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.server.store.TaskRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Is told by {@link Tables} what is written into them, and throws when that breaks a promise. */
interface Onlooker {

    /** @param troubles that the coordinator's disk has had */
    default void happens(RunEvent event, long troubles) {}

    /** The tasks are about to be written down. */
    default void asks(List<TaskRow> tasks) {}

    /** Nobody waits for the answers to these tasks any more. */
    default void forgets(List<String> ids) {}

    /** The run is told that the node's answer to the task came too late. */
    default void hearsLate(String id, String node) {}

    /** A checkpoint is about to be replaced. */
    default void commits(Optional<Checkpoint> before, Checkpoint after) {}

    /** The run is over, and nothing is wanted any more. */
    default void ends() {}

    /** After each step that changes what is on the disk: what nodes may rely on is there. */
    default void requireOwed(List<TaskRow> rows, Supplier<List<String>> spool) {}
}
