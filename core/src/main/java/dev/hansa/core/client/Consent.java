package dev.hansa.core.client;

import dev.hansa.core.protocol.Task;
import java.util.Optional;

/** What the owner of the data lets be asked of them. */
@FunctionalInterface
public interface Consent {
    /** Every task may be done. */
    Consent TO_ALL = task -> Optional.empty();

    /** Why the task is not to be done, for people; empty if it may be. */
    Optional<String> objection(Task task);
}
