package dev.hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.spec.RunFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that ends while nodes measure a private model, and starts again. */
@Timeout(120)
class RestartedPrivateRunTest {
    private static final String RUN = TestCoordinator.RUN
            + "privacy: {type: central, noise: 1, clip: 1, delta: 1e-3, exempt: [evaluation, statistics]}\n";

    @TempDir
    Path folder;
    private final List<Thread> threads = new ArrayList<>();
    /** By round, the models that nodes have seen. */
    private final Map<Integer, Set<Parameters>> shown = new ConcurrentHashMap<>();

    @AfterEach
    void endNodes() {
        threads.forEach(Thread::interrupt);
    }

    @Test
    void goesOnWithTheModelThatSomeHaveSeen() {
        String id;
        TestNode alice;
        TestNode bob;
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            id = coordinator.submit(RUN).id();
            alice = TestNode.join(coordinator, "alice", "numbers");
            startNode(alice, 3); // describe, fit, evaluate
            bob = TestNode.join(coordinator, "bob", "numbers");
            startNode(bob, 2);
            coordinator.await(id, event -> event instanceof RunEvent.ClientAnswered answer
                    && answer.phase() == Phase.EVALUATE);
        }
        endNodes();
        assertThat(shown.get(1)).as("seen by alice").hasSize(1);
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            startNode(alice.at(coordinator), Integer.MAX_VALUE);
            startNode(bob.at(coordinator), Integer.MAX_VALUE);
            coordinator.await(id, RunEvent.Finished.class);
            assertThat(shown).containsOnlyKeys(0, 1, 2, 3).allSatisfy(
                    (round, models) -> assertThat(models).as("models of round %d", round).hasSize(1));
            assertThat(coordinator.run(id).history()).hasSize(3).allMatch(round -> round.measuredBy() == 2);
        }
    }

    private void startNode(TestNode node, int tasks) {
        Client client = new Client(Map.of("numbers", new TableSource(rows())), watching(), ClientMemory.inMemory(),
                Client.TIMELESS);
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

    private Consent watching() {
        return task -> {
            if (task instanceof Task.Evaluate evaluate) {
                note(evaluate.round(), evaluate.parameters());
            } else if (task instanceof Task.Fit fit) {
                note(fit.round() - 1, fit.parameters());
            }
            return Optional.empty();
        };
    }

    private void note(int round, Parameters model) {
        shown.computeIfAbsent(round, none -> ConcurrentHashMap.newKeySet()).add(model);
    }

    private static Table rows() {
        double[] x = new double[25];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 10.0;
            y[i] = 3 * x[i] + 1;
        }
        return new Table(RunFile.parse(TestCoordinator.RUN, "run.yaml").spec().data().schema(), new double[][]{x}, y,
                new boolean[x.length]);
    }
}
