package dev.hansa.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.FederationException;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.store.DiskFull;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveRunTest {
    private static final RunSpec SPEC = RunFile.parse(TestCoordinator.RUN, "run.yaml").spec();
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private static final DiskFull DISK_FULL = new DiskFull(() -> Long.MAX_VALUE);

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch waits = new CountDownLatch(1);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger failuresOfTheEnd = new AtomicInteger();
    private int failuresARound;
    private volatile String trouble = "No space left on device";
    private final LocalFleet fleet = new LocalFleet(Map.of("alice", client(), "bob", client()), 1);
    private final Store memory = new MemoryStore(this::note);
    private final Store store = new Store() {
        @Override
        public Optional<Checkpoint> latest(String run) {
            return memory.latest(run);
        }

        @Override
        public Optional<Checkpoint> best(String run) {
            return memory.best(run);
        }

        @Override
        public void save(String run, Checkpoint checkpoint, Set<Fleet.Sent> open, RunEvent... events) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new FederationException("cannot write to runs", true, new IOException(trouble));
            }
            if (failuresARound > 0 && checkpoint.state().round() > 0) {
                failures.set(failuresARound);
            }
            memory.save(run, checkpoint, open, events);
        }

        @Override
        public Parameters model(String run, int round) {
            return memory.model(run, round);
        }

        @Override
        public void append(String run, RunEvent event) {
            if (event instanceof RunEvent.Failed && failuresOfTheEnd.getAndDecrement() > 0) {
                throw new IllegalStateException("not written");
            }
            memory.append(run, event);
        }
    };

    @AfterEach
    void endClients() {
        fleet.close();
    }

    @Test
    void aFullDiskPausesTheRunUntilThereIsRoom() {
        failures.set(3);
        LiveRun run = run(Duration.ofMillis(1));
        run.start();
        run.join(PATIENCE);
        assertThat(events).filteredOn(RunEvent.Waiting.class::isInstance).hasSize(3)
                .allSatisfy(event -> assertThat(((RunEvent.Waiting) event).waitsFor())
                        .contains("the disk of the coordinator is full (cannot write to runs)"));
        assertThat(events.getLast()).isInstanceOf(RunEvent.Finished.class);
        assertThat(store.latest("run").orElseThrow().history()).hasSize(SPEC.rounds());
    }

    @Test
    void aRunThatWaitsForRoomTellsSoAndCanBeStopped() throws InterruptedException {
        failures.set(Integer.MAX_VALUE);
        LiveRun run = run(Duration.ofDays(1));
        run.start();
        waits.await();
        assertThat(run.waitsFor().orElseThrow()).contains("the disk of the coordinator is full");
        failures.set(0);
        run.stop();
        run.join(PATIENCE);
        assertThat(run.waitsFor()).isEmpty();
        assertThat(events.getLast()).isInstanceOf(RunEvent.Stopped.class);
    }

    @Test
    void filesThatFailForAWhileOnlyDelayTheRun() {
        trouble = "Too many open files";
        failuresARound = Tries.MOST - 2; // in all rounds together more than are taken in a row
        failures.set(failuresARound);
        LiveRun run = run(Duration.ofNanos(1));
        run.start();
        run.join(PATIENCE);
        assertThat(events).filteredOn(RunEvent.Waiting.class::isInstance)
                .hasSizeGreaterThan(Tries.MOST).allSatisfy(event -> assertThat(((RunEvent.Waiting) event).waitsFor())
                        .contains("which fails (cannot write to runs)"));
        assertThat(events.getLast()).isInstanceOf(RunEvent.Finished.class);
        assertThat(store.latest("run").orElseThrow().history()).hasSize(SPEC.rounds());
    }

    @Test
    void filesThatKeepFailingEndTheRun() {
        trouble = "Input/output error";
        failures.set(Integer.MAX_VALUE);
        LiveRun run = run(Duration.ofNanos(1));
        run.start();
        run.join(PATIENCE);
        assertThat(events).filteredOn(RunEvent.Waiting.class::isInstance).hasSize(Tries.MOST - 1);
        assertThat(events.getLast()).isEqualTo(new RunEvent.Failed("the coordinator failed: cannot write to runs"));
    }

    @Test
    void theEndIsWrittenAsSoonAsItCanBe() {
        failuresOfTheEnd.set(20);
        LiveRun run = new LiveRun("run", () -> {
            throw new OutOfMemoryError("no heap");
        }, store, DISK_FULL, new Tries(Duration.ofNanos(1), this::rounds), () -> {});
        run.start();
        run.join(PATIENCE);
        assertThat(events).containsExactly(
                new RunEvent.Failed("the coordinator failed: java.lang.OutOfMemoryError: no heap"));
    }

    @Test
    void aRunWhoseEndCannotBeWrittenEndsWithTheCoordinator() {
        failuresOfTheEnd.set(Integer.MAX_VALUE);
        CountDownLatch over = new CountDownLatch(1);
        LiveRun run = new LiveRun("run", () -> {
            throw new IllegalStateException("broken");
        }, store, DISK_FULL, new Tries(Duration.ofDays(1), this::rounds), over::countDown);
        run.start();
        run.interrupt();
        run.join(PATIENCE);
        assertThat(over.getCount()).isZero();
        assertThat(events).isEmpty();
    }

    @Test
    void whatWaitingDoesNotMendFailsTheRun() {
        LiveRun run = new LiveRun("run", () -> {
            throw new IllegalStateException("broken");
        }, store, DISK_FULL, new Tries(Duration.ofMillis(1), this::rounds), () -> {});
        run.start();
        run.join(PATIENCE);
        assertThat(events).containsExactly(new RunEvent.Failed("the coordinator failed: broken"));
    }

    private int rounds() {
        return memory.latest("run").map(checkpoint -> checkpoint.state().round()).orElse(0);
    }

    private void note(RunEvent event) {
        events.add(event);
        if (event instanceof RunEvent.Waiting) {
            waits.countDown();
        }
    }

    private LiveRun run(Duration pause) {
        return new LiveRun("run",
                () -> new LiveRun.Attempt(new RunLoop("run", SPEC, fleet, store, Clock.systemUTC()), () -> {},
                        Optional::empty),
                store, DISK_FULL, new Tries(pause, this::rounds), () -> {});
    }

    private static Client client() {
        double[] x = IntStream.range(0, 25).mapToDouble(row -> row / 25.0).toArray();
        return new Client(Map.of("numbers", new TableSource(
                new Table(SPEC.data().schema(), new double[][]{x}, x, new boolean[x.length]))));
    }
}
