package dev.hansa.server.faults;

import dev.hansa.client.http.HttpLink;
import dev.hansa.client.http.LinkListener;
import dev.hansa.client.http.SimulatedLink;
import dev.hansa.core.FederationException;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientLoop;
import dev.hansa.core.data.Table;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The real link, client and loop of a node, whose work takes its time. */
final class SimulatedNode {
    private static final Duration SLOWEST = Duration.ofSeconds(20);

    private final String name;
    private final Table table;
    private final boolean inline;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Trace trace;

    SimulatedNode(String name, Table table, boolean inline, Scheduler scheduler, Faults faults, Trace trace) {
        this.name = name;
        this.table = table;
        this.inline = inline;
        this.scheduler = scheduler;
        this.faults = faults;
        this.trace = trace;
    }

    /** Works until it crashes. */
    void live(Network network, Path folder) {
        try {
            SimulatedLink.World world = new SimulatedLink.World(() -> scheduler.nanos() / 1_000_000, faults::chance,
                    scheduler::sleep);
            HttpLink link = SimulatedLink.of(name, new SimulatedCalls(name, network), world,
                    Files.createDirectories(folder.resolve("models")),
                    Files.createDirectories(folder.resolve("updates")), new Listener(), inline);
            link.hello("simulated", List.of(Scenario.DATA_SET));
            Client client = new Client(Map.of(Scenario.DATA_SET, new TableSource(table)));
            throw new AssertionError(name + " is sent away: " + new ClientLoop(link, client, new Listener()).run());
        } catch (InterruptedException e) {
            throw Crash.now();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final class Listener implements ClientLoop.Listener, LinkListener {
        @Override
        public void started(Task task) {
            trace.note(name + " begins " + task.getClass().getSimpleName() + " " + task.round());
            scheduler.sleep(faults.within(SLOWEST));
        }

        @Override
        public void reported(Task task, Report report) {}

        @Override
        public void dropped(String taskId) {
            trace.note(name + " drops " + Witness.name(taskId));
        }

        @Override
        public void diskFailed(String taskId, FederationException problem) {
            trace.note(name + " cannot use its disk for " + Witness.name(taskId));
        }
    }
}
