package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.FleetAround;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.SimulatedFleet;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.run.SimulatedRun;
import dev.hansa.server.store.RunFolder;
import dev.hansa.server.trust.NodeSignatures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;

/** A coordinator, its nodes, the network between them and their disks, all of one seed. */
final class World {
    private static final long MOST_STEPS = 200_000;
    private static final Duration FULL = Duration.ofSeconds(40);

    private final long seed;
    private final Trace trace = new Trace();
    private final Scenario scenario;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Witness witness;
    private final Machine coordinator;
    private final Tables tables;
    private final Network network;
    private final NodeSignatures signatures;
    private final List<Machine> nodes = new ArrayList<>();
    private final Map<String, HeldBack> heldBack = new HashMap<>();
    private final Sabotage sabotage;
    private long ids;

    /** @param folder for the machines' files, empty */
    World(long seed, Path folder) throws IOException {
        this(seed, folder, new Sabotage() {});
    }

    /** With a coordinator that somebody has broken. */
    World(long seed, Path folder, Sabotage sabotage) throws IOException {
        this.sabotage = sabotage;
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        scenario = Scenario.of(random.split());
        scheduler = new Scheduler(random.split(), trace, MOST_STEPS);
        faults = new Faults(random.split(), scenario.patient());
        scenario.tables().keySet()
                .forEach(name -> heldBack.put(name, new HeldBack(name, scheduler, faults.tally(),
                        scenario.run().cohort().partialWork())));
        witness = new Witness(scenario, trace, faults.tally(), heldBack);
        coordinator = new Machine("coordinator", Machine.Kind.COORDINATOR, scheduler, faults, trace,
                folder.resolve("coordinator"), this::coordinate);
        coordinator.disk().deletes(sabotage.deletes());
        tables = new Tables(scheduler, faults, coordinator, witness);
        signatures = new NodeSignatures(name -> Optional.empty(), coordinator.clock());
        network = new Network(scheduler, faults, trace, coordinator);
        for (String name : scenario.tables().keySet()) {
            tables.join(name);
            nodes.add(node(name, folder.resolve(name)));
        }
    }

    private Machine node(String name, Path folder) throws IOException {
        SimulatedNode node = new SimulatedNode(name, scenario, scheduler, faults, trace,
                memory -> heldBack.get(name).watched(sabotage.heldBack(memory)));
        Machine[] machine = new Machine[1];
        machine[0] = new Machine(name, Machine.Kind.NODE, scheduler, faults, trace, folder,
                life -> node.live(life, machine[0], network));
        return machine[0];
    }

    private void coordinate(Life life) {
        network.close();
        tables.restart();
        witness.starts();
        scheduler.start(life, "start", () -> {
            RunFolder folder = new RunFolder(coordinator.disk().folder());
            if (tables.end().isPresent()) {
                folder.keepUploads(Set.of());
                scheduler.finish();
                return;
            }
            Nodes present = new Nodes(tables, coordinator.clock(), new SimLock(scheduler), scheduler::nanos);
            TaskBoard board = new TaskBoard(sabotage.tasks(tables), new SimLock(scheduler), scheduler::nanos);
            SimulatedRun.start(Scenario.RUN, () -> loop(present, board, folder), tables, tables::rounds,
                    () -> over(life), body -> scheduler.unstarted(life, "run", body), new SimLock(scheduler));
            network.open(new Port(scheduler, faults, witness, coordinator, tables, present, board, sabotage,
                    signatures));
        });
    }

    private RunLoop loop(Nodes present, TaskBoard board, RunFolder folder) {
        folder.clearFetched();
        WatchedFleet fleet = new WatchedFleet(SimulatedFleet.of(Scenario.RUN, Scenario.DATA_SET, present, board,
                sabotage.tasks(tables), folder,
                () -> HexFormat.of().toHexDigits(0L) + HexFormat.of().toHexDigits(sabotage.id(++ids))), scheduler,
                witness, tables, this::spool, faults.tally());
        return new RunLoop(Scenario.RUN, sabotage.run(scenario.run()), sabotage.fleet(fleet), sabotage.store(tables),
                coordinator.clock());
    }

    private List<String> spool() {
        return coordinator.disk().names("spool");
    }

    private void over(Life life) {
        if (!life.isOver() && tables.end().isPresent()) {
            scheduler.finish();
        }
    }

    /** Lets the run come to its end, whatever happens on the way. */
    Outcome run() {
        try {
            happen();
            return new Outcome(seed, trace, faults.tally(), Optional.empty());
        } catch (Throwable problem) {
            return new Outcome(seed, trace, faults.tally(), Optional.of(problem));
        }
    }

    private void happen() throws Throwable {
        scheduler.after(Faults.CALM, faults::calm);
        for (int i = 0; i < faults.fullDisks; i++) {
            scheduler.after(faults.within(Faults.CALM), () -> coordinator.fillDisk(faults.within(FULL)));
        }
        setClocks(coordinator);
        coordinator.start();
        for (Machine node : nodes) {
            setClocks(node);
            scheduler.after(faults.within(Duration.ofSeconds(5)), node::start);
            if (faults.fullNodes) {
                scheduler.after(faults.within(Faults.CALM), () -> node.fillDisk(faults.within(FULL)));
            }
        }
        scheduler.run();
        judge();
    }

    private void setClocks(Machine machine) {
        for (int i = 0; i < faults.clockJumps; i++) {
            scheduler.after(faults.within(Faults.CALM), machine::setClock);
        }
    }

    private void judge() throws InterruptedException {
        RunEvent end = tables.end().orElseThrow();
        assertThat(spool()).as("the spool at the end").isEmpty();
        if (end instanceof RunEvent.Failed failed && !scenario.patient()) {
            assertThat(failed.reason()).as("the end").containsAnyOf("times in a row", "asked for their statistics",
                    "all were asked 10 times", "the cohort's selector chooses none");
            return;
        }
        assertThat(end).as("the end").isInstanceOf(RunEvent.Finished.class);
        assertThat(((RunEvent.Finished) end).rounds()).as("rounds or steps").isEqualTo(scenario.run().rounds());
        if (scenario.patient() && scenario.hasRounds()) {
            Checkpoint expected = undisturbed();
            Checkpoint found = tables.checkpoint().orElseThrow();
            assertThat(found.preprocessing()).isEqualTo(expected.preprocessing());
            assertThat(found.state()).as("the model of an undisturbed run").isEqualTo(expected.state());
            assertThat(training(found)).isEqualTo(training(expected));
        }
    }

    /** The same run with threads for nodes. */
    private Checkpoint undisturbed() throws InterruptedException {
        Map<String, Client> clients = new HashMap<>();
        scenario.tables().forEach((name, table) -> clients.put(name,
                new Client(Map.of(Scenario.DATA_SET, new TableSource(table)))));
        MemoryStore store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(clients, 1)) {
            new RunLoop(Scenario.RUN, scenario.run(), mischievous(fleet), store, Clock.systemUTC()).run();
        }
        return store.latest(Scenario.RUN).orElseThrow();
    }

    private Fleet mischievous(LocalFleet fleet) {
        return new FleetAround(fleet) {
            @Override
            public void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
                    throws InterruptedException {
                inner.ask(question, tasks, patience, new Answers() {
                    @Override
                    public void arrived(String client, Traffic traffic) {}

                    @Override
                    public void count(String client, Report report) {
                        answers.count(client, scenario.mischief().instead(client,
                                Objects.requireNonNull(tasks.get(client)), report));
                    }
                });
            }
        };
    }

    /** Who evaluates depends on who is there. */
    private static List<Metrics> training(Checkpoint checkpoint) {
        return checkpoint.history().stream().map(RoundRecord::training).toList();
    }

    /**
     * How it went.
     *
     * @param trace   what happened
     * @param tally   how often what went wrong
     * @param problem the promise that was broken, or what else should not happen
     */
    record Outcome(long seed, Trace trace, Tally tally, Optional<Throwable> problem) {

        /** For people. */
        String text() {
            return String.join("\n", trace.lines()) + problem.map(what -> "\nseed " + seed + ": " + what
                    + "\nto see it again: -Dtest=FaultSimulationTest#replay -Dhansa.seed=" + seed).orElse("");
        }
    }
}
