package dev.hansa.server.fleet;

import dev.hansa.server.store.RunFolder;
import dev.hansa.server.store.TaskStore;
import java.util.function.Supplier;

/** Makes real fleets whose ids a simulated world chooses. */
public final class SimulatedFleet {

    private SimulatedFleet() {}

    /** The fleet of a run. */
    public static RemoteFleet of(String run, String dataSet, Nodes nodes, TaskBoard board, TaskStore tasks,
            RunFolder folder, Supplier<String> ids) {
        return new RemoteFleet(run, dataSet, Introduction.NONE, nodes, board, tasks, folder, lack -> {}, ids);
    }
}
