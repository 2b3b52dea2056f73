package dev.hansa.client.http;

import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.SignedFile;
import java.util.Optional;

/** Watches what leaves a node. For the link's one thread. */
public interface Doorkeeper {
    /** Lets everything pass, and notes nothing. */
    Doorkeeper NONE = new Doorkeeper() {};

    /** Whether updates are to be kept on the disk before they leave, however small: what is sent again is the same then. */
    default boolean keepsUpdates() {
        return false;
    }

    /**
     * A task has come, of a run that says that of itself; what leaves next answers it.
     *
     * @param file that asks for the task, with a signature that may be wrong; empty if none came along
     */
    default void given(String taskId, Optional<Terms> terms, Optional<SignedFile> file) {}

    /**
     * Whether an answer that was kept may leave, perhaps again; else the task is done as if it had not been done before.
     *
     * @param task    that it answers, without parameters
     * @param content of the answer
     */
    default boolean passes(String taskId, Task task, Sha256 content) {
        return true;
    }

    /**
     * The answer leaves when this returns.
     *
     * @throws dev.hansa.core.FederationException if it must not, for this machine cannot note it
     */
    default void leaves(String taskId, Report report, Sha256 content) {}

    /** How far the ledger goes; empty if there is none. */
    default Optional<LedgerHead> head() {
        return Optional.empty();
    }

    /**
     * The coordinator knows that the ledger has come so far.
     *
     * @throws dev.hansa.core.FederationException if it has not
     */
    default void known(LedgerHead head) {}

    /**
     * The coordinator refuses a report, for it was told of another ledger of this node that has come as far.
     *
     * @throws dev.hansa.core.FederationException to stop the node
     */
    default void forked() {}
}
