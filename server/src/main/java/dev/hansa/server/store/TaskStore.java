package dev.hansa.server.store;

import java.util.List;

/**
 * The tasks of questions that are under way, and the reports on them. A call is durable when it returns, or throws and has
 * changed nothing, unless it says otherwise.
 *
 * <p>Guarantee: a task stays until the commit that counts its report: after a crash, what was acknowledged is here or is
 * counted, never both and never neither.
 */
public interface TaskStore {

    /** All tasks of the run, first asked first, with those that were not durable yet. */
    List<TaskRow> of(String run);

    /**
     * Adds tasks, all of one question. What was asked of the same nodes in the same phase before, or of anybody in other
     * rounds or in other attempts at this one, is forgotten; but the answers of a roll call add up over its attempts.
     *
     * <p>They are durable in a moment, and before any report on them: a crash within it means that they are asked anew.
     */
    void open(String run, List<TaskRow> tasks);

    /**
     * Adds a task beside all that are under way; only what was asked of the same node in the same round and phase is
     * forgotten. Durable as by {@link #open}.
     */
    void add(String run, TaskRow task);

    /** Forgets tasks whose answers nobody waits for any more, and makes all that was asked for before durable. */
    void forget(List<String> ids);

    /**
     * The question closes without answers to these tasks: one that comes nevertheless is late. Durable in a moment, and
     * before anything that is asked for later.
     */
    void close(List<String> ids);

    /**
     * Whether the node was asked, and the task is neither answered nor closed: an earlier process ended before, and who goes
     * on with its run asks again.
     */
    boolean isAwaited(String id, String node);

    /**
     * The node answers a task that is not open. If it is one that was closed without an answer, and was asked of that node,
     * this is told in the run's events and counted, the first time; any other answer changes nothing.
     */
    void late(String id, String node);

    /** Notes the report on a task; says whether that was among those that are under way. */
    boolean report(String id, byte[] report);
}
