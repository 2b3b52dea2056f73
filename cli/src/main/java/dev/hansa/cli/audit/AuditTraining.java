package dev.hansa.cli.audit;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.ExitCode;
import dev.hansa.client.Guard;
import dev.hansa.client.NodeListener;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Names;
import dev.hansa.core.simulation.Durations;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.core.simulation.MadeWhenAsked;
import dev.hansa.core.simulation.SimulatedNoise;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Runs of a file by simulation, on other rows each time.
 *
 * @param own     rows of the coordinator's own, by name
 * @param threads how many clients train at once
 */
record AuditTraining(RunSpec spec, Map<String, Table> own, int threads) {
    private static final String RUN = "audit";

    /**
     * Trains to the end.
     *
     * @param tables by client its rows, with the marks of those that are held out
     * @throws CommandException if it does not come to a model
     */
    Checkpoint train(SortedMap<String, Table> tables, Consumer<RunEvent> listener) throws InterruptedException {
        Names names = Names.copyOf(tables.keySet());
        MemoryStore store = new MemoryStore(listener);
        MadeWhenAsked clients = new MadeWhenAsked(names, names.size(), (number, memory) -> Guard.client(
                Map.of(spec.data().set(), _ -> Objects.requireNonNull(tables.get(names.get(number)))),
                new NodeListener() {}, memory, SimulatedNoise.SEEDED));
        try (LocalFleet fleet = new LocalFleet(clients, threads, Durations.NONE)) {
            new RunLoop(RUN, spec, fleet, store, Clock.systemUTC(), own, SimulatedNoise.SEEDED).run();
        }
        return store.latest(RUN).filter(last -> last.state().round() > 0)
                .orElseThrow(
                        () -> new CommandException(ExitCode.FAILED, "the run came to no model: no round was finished"
                                + "; try it with simulate, which tells why"));
    }
}
