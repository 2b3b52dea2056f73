package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Table;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.core.simulation.SimulatedNoise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What runs ask, as their clients see it. */
final class AskedTasks {
    private AskedTasks() {}

    /** All that a run of the file asks of four clients. */
    static List<Task> of(RunSpec spec) throws InterruptedException {
        List<Task> asked = Collections.synchronizedList(new ArrayList<>());
        Consent noting = new Consent() {
            @Override
            public Optional<String> objection(Task task) {
                return Optional.empty();
            }

            @Override
            public Optional<Report> instead(Task task) {
                asked.add(task);
                return Optional.empty();
            }
        };
        Map<String, Client> clients = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            int seed = i;
            DataSource rows = data -> rows(data.schema().features().size(), seed, data);
            clients.put("client" + i, new Client(Map.of("default", rows), noting, ClientMemory.inMemory(),
                    Client.TIMELESS, SimulatedNoise.SEEDED));
        }
        List<RunEvent> events = new ArrayList<>();
        try (LocalFleet fleet = new LocalFleet(clients, 1)) {
            new RunLoop("lines-abc", spec, fleet, new MemoryStore(events::add), fleet.clock(), Map.of(),
                    SimulatedNoise.SEEDED).run();
        }
        assertThat(events.get(events.size() - 1)).isInstanceOf(RunEvent.Finished.class);
        return asked;
    }

    private static Table rows(int features, int seed, DataSpec data) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] values = new double[features][40];
        double[] labels = new double[40];
        boolean[] heldOut = new boolean[40];
        for (int row = 0; row < 40; row++) {
            for (double[] column : values) {
                column[row] = random.nextDouble();
            }
            labels[row] = values[0][row] > 0.5 ? 1 : 0;
            heldOut[row] = row % 5 == 0;
        }
        return new Table(data.schema(), values, labels, heldOut);
    }
}
