package dev.hansa.client.policy;

import dev.hansa.core.protocol.Task;

/** Is told what a policy does. */
public interface PolicyListener {

    /**
     * A task is not done.
     *
     * @param reason in full, for the owner alone
     */
    default void objected(Task task, String reason) {}

    /** A task is not done before the owner has approved its run; told each time that it is asked. */
    default void undecided(Task task) {}

    /** Something about the ledger that the owner should know. */
    default void ledgerNotice(String text) {}
}
