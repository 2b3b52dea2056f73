package dev.hansa.server.faults;

import dev.hansa.client.SimulatedMemory;
import dev.hansa.client.http.HttpLink;
import dev.hansa.client.http.LinkListener;
import dev.hansa.client.http.SimulatedLink;
import dev.hansa.core.FederationException;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientLoop;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.client.Link;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The real link, client and loop of a node, whose work takes its time. */
final class SimulatedNode {
    private final String name;
    private final Scenario scenario;
    private final Duration slowest;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Trace trace;
    private final UnaryOperator<ClientMemory> heldBack;
    private Duration step = Duration.ZERO;

    /** @param heldBack makes of what a life holds back what it uses */
    SimulatedNode(String name, Scenario scenario, Scheduler scheduler, Faults faults, Trace trace,
            UnaryOperator<ClientMemory> heldBack) {
        this.name = name;
        this.scenario = scenario;
        this.slowest = scenario.slowest(name);
        this.scheduler = scheduler;
        this.faults = faults;
        this.trace = trace;
        this.heldBack = heldBack;
    }

    /** Starts the threads of a life, which works until it crashes or leaves. */
    void live(Life life, Machine machine, Network network) {
        scheduler.start(life, name, () -> {
            try {
                live(life, machine, network, machine.disk().folder());
            } catch (InterruptedException e) {
                throw Crash.now();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void live(Life life, Machine machine, Network network, Path folder)
            throws IOException, InterruptedException {
        SimulatedLink.World world =
                new SimulatedLink.World(machine.clock()::millis, scheduler::nanos, faults::chance, scheduler::sleep);
        HttpLink link = SimulatedLink.of(name, new SimulatedCalls(name, network), world,
                Files.createDirectories(folder.resolve("models")), Files.createDirectories(folder.resolve("updates")),
                new Listener(), scenario.inline());
        scheduler.after(faults.around(faults.stay), () -> machine.stop(life, stopping -> scheduler.start(stopping,
                name + " leaves", () -> leave(link))));
        link.hello("simulated", List.of(Scenario.DATA_SET));
        ClientMemory memory = SimulatedMemory.of(Files.createDirectories(folder.resolve("memory")));
        Client client = new Client(Map.of(Scenario.DATA_SET, new TableSource(scenario.tables().get(name))),
                Consent.TO_ALL, heldBack.apply(memory), this::atWork);
        String reason = new ClientLoop(new Mischievous(link), client, new Listener()).run();
        throw new AssertionError(name + " is sent away: " + reason);
    }

    /** The time, at which the client looks between two steps of its training: each takes some. */
    private long atWork() {
        scheduler.sleep(step);
        return scheduler.nanos();
    }

    private void leave(HttpLink link) {
        faults.count(Mishap.NODE_LEFT);
        try {
            link.leave();
        } catch (InterruptedException e) {
            throw Crash.now();
        }
    }

    /** Tells the coordinator something else than the client does, at times. */
    private final class Mischievous implements Link {
        private final Link link;
        private Next last = new Next.Later(Duration.ZERO);

        Mischievous(Link link) {
            this.link = link;
        }

        @Override
        public Next next() throws InterruptedException {
            last = link.next();
            return last;
        }

        @Override
        public boolean report(String taskId, Report report) throws InterruptedException {
            return link.report(taskId, scenario.mischief().instead(name, ((Next.Work) last).task(), report));
        }
    }

    private final class Listener implements ClientLoop.Listener, LinkListener {
        @Override
        public void started(Task task) {
            trace.note(() -> name + " begins " + task.getClass().getSimpleName() + " " + task.round());
            Duration work = faults.within(slowest);
            if (task instanceof Task.Fit fit && fit.timeLeft().isPresent()) {
                step = work.dividedBy((long) Scenario.ROWS * fit.training().epochs());
            } else {
                scheduler.sleep(work);
            }
        }

        @Override
        public void reported(Task task, Report report) {}

        @Override
        public void answerKept(String taskId) {
            faults.count(Mishap.ANSWER_KEPT);
        }

        @Override
        public void dropped(String taskId) {
            trace.note(() -> name + " drops " + Asked.name(taskId));
        }

        @Override
        public void diskFailed(String taskId, FederationException problem) {
            trace.note(() -> name + " cannot use its disk for " + Asked.name(taskId));
        }
    }
}
