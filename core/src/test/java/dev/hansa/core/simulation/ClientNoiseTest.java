package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Clients that add noise to their own updates. */
class ClientNoiseTest extends PrivateRunFixture {

    /** A round that is tried again gets no second update with other noise, and ends with those it has. */
    @Test
    void aClientThatAddsNoiseTellsOneUpdateARound() throws InterruptedException {
        List<Task.Fit> asked = new ArrayList<>();
        Consent watching = task -> {
            if (task instanceof Task.Fit fit) {
                asked.add(fit);
            }
            return Optional.empty();
        };
        SortedMap<String, Client> clients = new TreeMap<>();
        for (String name : List.of("a", "b")) {
            clients.put(name, new Client(
                    Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, 1))), watching,
                    ClientMemory.inMemory(), Client.TIMELESS, SimulatedNoise.SEEDED));
        }
        RunSpec two = ofOneRound(spec(OptionalInt.empty(), 2, new Uniform()));
        two = new RunSpec(two.name(), "", two.data(), two.model(), two.strategy(), 1,
                new Cohort(2, OptionalInt.empty(), 2, Duration.ofMinutes(1)), 0, StopRule.NEVER, two.seed())
                .with(local());
        try (LocalFleet fleet = new LocalFleet(clients, 1)) {
            new RunLoop(Simulation.RUN, two, fleet, new MemoryStore(event -> {}), Simulation.CLOCK).run();
        }
        assertThat(clients.get("a").perform(asked.get(0))).isInstanceOfSatisfying(Report.Failed.class,
                failed -> assertThat(failed.reason()).contains("round 1 has been told"));
        Task.Fit unprotected = asked.get(0);
        assertThat(clients.get("a").perform(new Task.Fit(unprotected.run(), 1, unprotected.data(),
                unprotected.preprocessing(), unprotected.model(), unprotected.parameters(), unprotected.training(),
                unprotected.seed()))).isInstanceOf(Report.Fitted.class);
    }

    /** The half of a client, alone. */
    @Test
    void aClientOfLocalPrivacySendsAsMuchNoiseAsItWasAskedFor() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(local());
        List<Task.Fit> asked = new ArrayList<>();
        Client client = new Client(
                Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, 1))),
                task -> {
                    if (task instanceof Task.Fit fit) {
                        asked.add(fit);
                    }
                    return Optional.empty();
                }, ClientMemory.inMemory(), Client.TIMELESS, SimulatedNoise.SEEDED);
        SortedMap<String, Client> clients = new TreeMap<>(Map.of("a", client, "b", new Client(
                Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, 2))))));
        RunSpec two = new RunSpec(spec.name(), "", spec.data(), spec.model(), spec.strategy(), 2,
                new Cohort(2, OptionalInt.empty(), 2, Duration.ofMinutes(1)), 0, StopRule.NEVER, spec.seed())
                .with(local());
        try (LocalFleet fleet = new LocalFleet(clients, 1)) {
            new RunLoop(Simulation.RUN, two, fleet, new MemoryStore(event -> {}), Simulation.CLOCK).run();
        }
        assertThat(asked.get(0).protection().orElseThrow().deviation()).isEqualTo(0.5);
        double square = 0;
        int values = 0;
        Map<String, DataSource> rows = Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, 1)));
        for (int draw = 0; draw < 400; draw++) {
            Task.Fit fit = asked.get(0);
            Client forgetful =
                    new Client(rows, Consent.TO_ALL, ClientMemory.inMemory(), Client.TIMELESS, SimulatedNoise.SEEDED);
            Report report = forgetful.perform(new Task.Fit(fit.run(), fit.round(), fit.data(), fit.preprocessing(),
                    fit.model(), fit.parameters(), fit.training(), fit.compression(), new Seed(draw), fit.timeLeft(),
                    fit.counted(), fit.personalization(), false, fit.protection()));
            Report.Fitted fitted = (Report.Fitted) report;
            assertThat(fitted.update().weight()).isEqualTo(1);
            assertThat(fitted.update().sums().values()).isEmpty();
            double[] sum = {0};
            fitted.update().difference().read((offset, read, from, length) -> {
                for (int i = from; i < from + length; i++) {
                    sum[0] += (double) read[i] * read[i];
                }
            });
            square += sum[0];
            values += fitted.update().difference().layout().size();
        }
        // beside the noise of variance 0.25 each there is an update of a norm of at most 0.5 in all
        assertThat(square / values).isBetween(0.25 * 0.9, 0.25 * 1.1 + 0.25 * 400 / values);
    }
}
