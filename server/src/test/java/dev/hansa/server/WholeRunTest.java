package dev.hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.server.api.RunState;
import dev.hansa.server.api.RunView;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.model.ModelFile;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WholeRunTest {
    @TempDir
    Path folder;
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void endNodes() {
        threads.forEach(Thread::interrupt);
    }

    @Test
    void aRunOverHttpsEndsInTheSameModelAsASimulationOfIt() throws Exception {
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            RunView submitted = coordinator.submit(TestCoordinator.RUN);
            assertThat(submitted.state()).isEqualTo(RunState.WAITING);
            assertThat(submitted.id()).matches("numbers-[a-z2-7]{6}");
            startNode(TestNode.join(coordinator, "alice", "numbers"), client(1));
            startNode(TestNode.join(coordinator, "bob", "numbers"), client(2));
            coordinator.await(submitted.id(), RunEvent.Finished.class);

            RunView run = coordinator.run(submitted.id());
            assertThat(run.state()).isEqualTo(RunState.FINISHED);
            assertThat(run.round()).isEqualTo(3);
            assertThat(run.history()).extracting(RoundRecord::round).containsExactly(1, 2, 3);
            assertThat(run.history().getLast().clients()).containsOnlyKeys("alice", "bob");
            assertThat(run.history().getLast().clients().get("alice").traffic().sent()).isPositive();
            assertThat(run.history().getLast().clients().get("alice").traffic().received()).isPositive();
            assertThat(run.evaluation().get("rmse")).isPresent();

            byte[] model = coordinator.operate("GET", Endpoints.at(Endpoints.MODEL, run.id()), "").body();
            assertThat(run.modelSha256()).contains(Sha256.of(model).hex());
            Path file = Files.write(folder.resolve("model.safetensors"), model);
            Checkpoint simulated = simulate(TestCoordinator.RUN);
            assertThat(ModelFile.read(file).parameters()).isEqualTo(simulated.state().parameters());
            assertThat(ModelFile.read(file).preprocessing()).isEqualTo(simulated.preprocessing());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"float16", "int8", "{values: int8, block: 2, topK: 0.5, zstd: true}"})
    void aCompressedRunEndsInTheSameModelAsASimulationOfItToTheBit(String compression) throws Exception {
        String spec = TestCoordinator.RUN + "compression: " + compression + "\n";
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            String id = finishedByTwo(coordinator, spec);
            assertThat(model(coordinator, id).parameters()).isEqualTo(simulate(spec).state().parameters());
            assertThat(simulate(spec).state()).isNotEqualTo(simulate(TestCoordinator.RUN).state());
        }
    }

    /** Its noise is so little, and its clip so large, that the model is that of a simulation without either. */
    @ParameterizedTest
    @ValueSource(strings = {"central, noise: 1e-6", "correlated, noise: 1e-6",
            "local, noise: 1e-6", "distributed, bits: 24, noise: 1e-5",
            "distributed, mechanism: skellam, noise: 1e-4"})
    void aPrivateRunOverHttpsEndsInNearlyTheSameModel(String mechanism) throws Exception {
        String spec = TestCoordinator.RUN + "compression: {values: float32, zstd: true}\nprivacy: {type: " + mechanism
                + ", clip: 10, delta: 1e-3, exempt: [evaluation, statistics]}\n";
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            String id = finishedByTwo(coordinator, spec);
            Parameters found = model(coordinator, id).parameters();
            Parameters plain = simulate(TestCoordinator.RUN).state().parameters(); // of nodes with as many rows each
            for (int i = 0; i < plain.size(); i++) {
                assertThat((double) found.get(i)).isCloseTo(plain.get(i), within(0.01));
            }
            assertThat(coordinator.run(id).history()).hasSize(3)
                    .allMatch(round -> round.updates() == 2 && round.training().values().isEmpty());
        }
    }

    @Test
    void aRunThatHidesRowsGoesOverHttps() throws Exception {
        String spec = TestCoordinator.RUN.replace("epochs: 2", "steps: 2")
                + "privacy: {type: examples, clip: 1, noise: 1, sampling: 0.5, delta: 1e-4,"
                + " exempt: [evaluation, statistics]}\n";
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            String id = finishedByTwo(coordinator, spec);
            assertThat(coordinator.run(id).history()).hasSize(3)
                    .allMatch(round -> round.updates() == 2 && round.training().values().isEmpty());
        }
    }

    /** So little noise (its multiplier is about 0.002) that numbers are standardised nearly as they were without it. */
    @ParameterizedTest
    @ValueSource(strings = {"central, noise: 1", "local, noise: 1", "examples, noise: 1, sampling: 0.5"})
    void hiddenStatisticsGoOverHttps(String mechanism) throws Exception {
        String spec = TestCoordinator.RUN.replace("epochs: 2", "steps: 2") + "privacy: {type: " + mechanism
                + ", clip: 1, delta: 1e-3, exempt: [evaluation],"
                + " statistics: {epsilon: 1e6, bounds: {x: [0, 1], y: [0, 4]}}}\n";
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            String id = finishedByTwo(coordinator, spec);
            Preprocessing found = model(coordinator, id).preprocessing();
            Preprocessing plain = simulate(TestCoordinator.RUN).preprocessing();
            close(found.features().get(0), plain.features().get(0));
            close(found.label(), plain.label());
            assertThat(found).as("with noise").isNotEqualTo(plain);
        }
    }

    /** A run by alice and bob, after its end; its id. */
    private String finishedByTwo(TestCoordinator coordinator, String spec) throws Exception {
        String id = coordinator.submit(spec).id();
        startNode(TestNode.join(coordinator, "alice", "numbers"), client(1));
        startNode(TestNode.join(coordinator, "bob", "numbers"), client(2));
        coordinator.await(id, RunEvent.Finished.class);
        return id;
    }

    /** The run's model, as operators get it. */
    private ModelFile model(TestCoordinator coordinator, String id) throws Exception {
        byte[] model = coordinator.operate("GET", Endpoints.at(Endpoints.MODEL, id), "").body();
        return ModelFile.read(Files.write(folder.resolve("model.safetensors"), model));
    }

    private static void close(Preprocessing.Scale found, Preprocessing.Scale expected) {
        assertThat(found.mean()).isCloseTo(expected.mean(), within(0.1 * expected.deviation()));
        assertThat(found.deviation()).isCloseTo(expected.deviation(), within(0.1 * expected.deviation()));
    }

    @Test
    void aCoordinatorThatStartsAgainGoesOnToTheSameModel() throws Exception {
        String spec = TestCoordinator.RUN.replace("rounds: 3", "rounds: 6");
        String id;
        TestNode alice;
        TestNode bob;
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            id = coordinator.submit(spec).id();
            alice = TestNode.join(coordinator, "alice", "numbers");
            startNode(alice, client(1), 3); // describe, fit, evaluate: one round
            bob = TestNode.join(coordinator, "bob", "numbers");
            startNode(bob, client(2), 3);
            coordinator.await(id, RunEvent.RoundCommitted.class);
            assertThat(coordinator.run(id).state().over()).isFalse();
        }
        endNodes();
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            assertThat(coordinator.run(id).round()).isEqualTo(1);
            startNode(alice.at(coordinator), client(1));
            startNode(bob.at(coordinator), client(2));
            coordinator.await(id, RunEvent.Finished.class);
            assertThat(coordinator.run(id).round()).isEqualTo(6);
            assertThat(model(coordinator, id).parameters()).isEqualTo(simulate(spec).state().parameters());
        }
    }

    @Test
    void aRunKeepsTheCoordinatorsRowsThatItBeganWith() throws Exception {
        String spec = TestCoordinator.RUN.replace("strategy: fedavg", "strategy: {type: combined, aggregate:"
                + " {type: fltrust, rows: clean}}\nevaluation: {central: test, best: central.rmse}");
        Map<String, DataSource> own = Map.of("test", new TableSource(table(3)), "clean", new TableSource(table(4)));
        String id;
        TestNode alice;
        TestNode bob;
        try (TestCoordinator coordinator = new TestCoordinator(folder, own)) {
            id = coordinator.submit(spec).id();
            alice = TestNode.join(coordinator, "alice", "numbers");
            startNode(alice, client(1), 3); // describe, fit, evaluate: one round
            bob = TestNode.join(coordinator, "bob", "numbers");
            startNode(bob, client(2), 3);
            coordinator.await(id, RunEvent.RoundCommitted.class);
        }
        endNodes();
        try (TestCoordinator coordinator = new TestCoordinator(folder)) { // without any rows
            startNode(alice.at(coordinator), client(1));
            startNode(bob.at(coordinator), client(2));
            coordinator.await(id, RunEvent.Finished.class);
            Checkpoint simulated = simulate(spec, Map.of("test", table(3), "clean", table(4)));
            List<RoundRecord> history = coordinator.run(id).history();
            assertThat(history).extracting(RoundRecord::central)
                    .isEqualTo(simulated.history().stream().map(RoundRecord::central).toList());
            assertThat(history.getLast().central().get("examples")).hasValue(25);
            assertThat(coordinator.run(id).best().orElseThrow().round()).isEqualTo(simulated.best());
            assertThat(model(coordinator, id).parameters()).isEqualTo(simulated.state().parameters());
            assertThat(simulated.state()).isNotEqualTo(simulate(TestCoordinator.RUN).state());
        }
    }

    @Test
    void aRunThatAsksForRowsThatTheCoordinatorHasNotIsRefused() {
        Map<String, DataSource> own = Map.of("bad", data -> {
            throw new DataException("a number was expected", "bad.csv:17, column x: found \"?\"");
        });
        try (TestCoordinator coordinator = new TestCoordinator(folder, own)) {
            assertThatThrownBy(() -> coordinator.submit(TestCoordinator.RUN + "evaluation: {central: test}\n"))
                    .hasMessageContaining("run.yaml asks for rows of the coordinator's own called test, and it has bad;"
                            + " start the coordinator with --rows test=FILE, or name others");
            assertThatThrownBy(() -> coordinator.submit(TestCoordinator.RUN + "evaluation: {central: bad}\n"))
                    .hasMessageContaining("which do not fit: bad.csv:17, column x: found");
            assertThat(coordinator.operate("GET", Endpoints.RUNS, "").body()).asString().isEqualTo("[]");
        }
    }

    @Test
    void aStoppedRunEndsWithTheModelOfItsLastRound() {
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            String id = coordinator.submit(TestCoordinator.RUN.replace("rounds: 3", "rounds: 100000")).id();
            startNode(TestNode.join(coordinator, "alice", "numbers"), client(1));
            startNode(TestNode.join(coordinator, "bob", "numbers"), client(2));
            coordinator.await(id, RunEvent.RoundCommitted.class);
            coordinator.operate("POST", Endpoints.at(Endpoints.STOP, id), "");
            RunEvent.Stopped stopped = (RunEvent.Stopped) coordinator.await(id, RunEvent.Stopped.class).event();
            RunView run = coordinator.run(id);
            assertThat(run.state()).isEqualTo(RunState.STOPPED);
            assertThat(run.round()).isEqualTo(stopped.rounds()).isGreaterThanOrEqualTo(1);
            assertThat(run.modelSha256()).isPresent();
        }
    }

    @Test
    void aRunThatWaitsForNodesCanBeStopped() {
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            String id = coordinator.submit(TestCoordinator.RUN).id();
            coordinator.await(id, RunEvent.Waiting.class);
            coordinator.operate("POST", Endpoints.at(Endpoints.STOP, id), "");
            coordinator.await(id, RunEvent.Stopped.class);
            assertThat(coordinator.run(id).state()).isEqualTo(RunState.STOPPED);
        }
    }

    @Test
    void aRunTellsThatTheNodesHereServeOtherData() {
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            TestNode.join(coordinator, "alice", "iris");
            String id = coordinator.submit(TestCoordinator.RUN).id();
            coordinator.await(id, waitsFor("2 nodes with the data set 'numbers'; 1 node here, none serves 'numbers'"
                    + " (they serve 'iris')"));
            TestNode.join(coordinator, "bob", "numbers");
            String now = "2 nodes with the data set 'numbers'; here: bob, and 1 node with 'iris' alone";
            coordinator.await(id, waitsFor(now));
            assertThat(coordinator.run(id).waitsFor()).isEqualTo(now);
            coordinator.operate("POST", Endpoints.at(Endpoints.STOP, id), "");
            coordinator.await(id, RunEvent.Stopped.class);
            assertThat(coordinator.run(id).waitsFor()).isNull();
        }
    }

    private static Predicate<RunEvent> waitsFor(String text) {
        return event -> event instanceof RunEvent.Waiting waiting && waiting.waitsFor().equals(text);
    }

    private static Checkpoint simulate(String spec) throws InterruptedException {
        return simulate(spec, Map.of());
    }

    private static Checkpoint simulate(String spec, Map<String, Table> own) throws InterruptedException {
        try (LocalFleet fleet = new LocalFleet(Map.of("alice", client(1), "bob", client(2)), 1)) {
            MemoryStore store = new MemoryStore(event -> {});
            new RunLoop("run", RunFile.parse(spec, "run.yaml").spec(), fleet, store, Clock.systemUTC(), own)
                    .run();
            Optional<Checkpoint> last = store.latest("run");
            return last.orElseThrow();
        }
    }

    /** 25 rows of y = 3 x + noise. */
    private static Client client(long seed) {
        return new Client(Map.of("numbers", new TableSource(table(seed))));
    }

    private static Table table(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(25).toArray();
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = 3 * x[i] + random.nextDouble();
        }
        return new Table(RunFile.parse(TestCoordinator.RUN, "run.yaml").spec().data().schema(), new double[][]{x}, y,
                new boolean[x.length]);
    }

    private void startNode(TestNode node, Client client) {
        startNode(node, client, Integer.MAX_VALUE);
    }

    private void startNode(TestNode node, Client client, int tasks) {
        threads.add(Thread.ofVirtual().name("node").start(() -> {
            for (int done = 0; done < tasks && !Thread.currentThread().isInterrupted(); done++) {
                try {
                    node.work(client);
                } catch (RuntimeException e) {
                    return; // the coordinator has gone
                }
            }
        }));
    }
}
