package dev.hansa.client;

import dev.hansa.client.http.LinkListener;
import dev.hansa.client.policy.PolicyListener;
import dev.hansa.core.FederationException;
import dev.hansa.core.client.ClientLoop;
import dev.hansa.core.data.DataException;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.nio.file.Path;

/** Is told what a node does and lives through; for logs and displays. Each call must return soon. */
public interface NodeListener extends LinkListener, ClientLoop.Listener, PolicyListener {

    /** The coordinator knows the node from now on. */
    default void joined(Membership membership) {}

    /** The node asks for work. */
    default void ready(Membership membership) {}

    @Override
    default void started(Task task) {}

    @Override
    default void reported(Task task, Report report) {}

    /**
     * The owner's data do not fit the run, which the node refuses therefore.
     *
     * @param problem its {@linkplain DataException#detail detail} may quote the data: for the owner alone
     */
    default void unfit(String dataSet, DataException problem) {}

    /**
     * What was remembered of a run's earlier rounds is lost: what was held back of updates will not be sent, and training
     * makes up for it.
     *
     * @param run     empty if none in particular
     * @param problem names files, for the owner alone
     */
    default void memoryLost(String run, String problem) {}

    /**
     * The node's own model of the run is finished.
     *
     * @param file for the owner, who may copy and delete it
     */
    default void ownModelKept(String run, Path file) {}

    /**
     * The owner's data cannot be read now, so the task fails; the coordinator may ask again.
     *
     * @param problem names files, for the owner alone
     */
    default void unread(String dataSet, FederationException problem) {}
}
