package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.Accounting;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Small private runs of twelve clients, and what happened in them. */
abstract class PrivateRunFixture {
    static final int CLIENTS = 12;
    static final Mechanism NOISED_SUM = new Mechanism.Central(Optional.empty());
    static final Privacy CENTRAL = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(1), OptionalDouble.empty(),
            1e-3, Optional.of(Accounting.RDP), Set.of());
    static final Strategy FED_AVG =
            Strategies.fedAvg(new LocalTraining(2, 5, 0.3, 0, 0, true), Weighting.EXAMPLES, 1);
    final List<RunEvent> events = new ArrayList<>();

    static RunSpec spec(OptionalInt size, int minimum, CohortSelector selector) {
        Cohort cohort = new Cohort(CLIENTS, size, minimum, 1, Duration.ofMinutes(1), false, selector);
        return new RunSpec("private", "", new DataSpec("rows", RandomTables.CLASSES, new HoldOut.None(), false),
                new ModelSpec.Softmax(), FED_AVG, Compression.NONE, 5, cohort, new Evaluation(0), StopRule.NEVER,
                new Seed(7));
    }

    Checkpoint run(RunSpec spec, int threads, NoiseSource noise) throws InterruptedException {
        Store store = new MemoryStore(events::add);
        try (LocalFleet fleet = new LocalFleet(clients(noise), threads)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK, Map.of(), noise).run();
        }
        return store.latest(Simulation.RUN).orElseThrow();
    }

    static SortedMap<String, Client> clients(NoiseSource noise) {
        SortedMap<String, Client> clients = new TreeMap<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.put("c" + client,
                    new Client(Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, client))),
                            Consent.TO_ALL, ClientMemory.inMemory(), Client.TIMELESS, noise));
        }
        return clients;
    }

    Checkpoint run(RunSpec spec) throws InterruptedException {
        return run(spec, 2, SimulatedNoise.SEEDED);
    }

    static Privacy local() {
        return new Privacy(new Mechanism.Local(), 0.5, OptionalDouble.of(1), OptionalDouble.empty(), 1e-3,
                Optional.of(Accounting.PLD),
                Set.of());
    }

    static double[] values(Checkpoint end) {
        double[] all = new double[end.state().parameters().layout().size()];
        end.state().parameters().read((offset, values, from, length) -> {
            for (int i = 0; i < length; i++) {
                all[offset + i] = values[from + i];
            }
        });
        return all;
    }

    static RunSpec ofOneRound(RunSpec spec) {
        return new RunSpec(spec.name(), "", spec.data(), spec.model(), spec.strategy(), 1, spec.cohort(), 0,
                StopRule.NEVER, spec.seed());
    }

    static Privacy privacy(Mechanism mechanism, double clip, double noise) {
        return new Privacy(mechanism, clip, OptionalDouble.of(noise), OptionalDouble.empty(), 1e-3, Optional.empty(),
                Set.of());
    }

    static void closeTo(double[] expected, double[] found, double most) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(most));
        }
    }

    static void refuses(RunSpec spec, Privacy privacy, String reason) {
        assertThatThrownBy(() -> spec.with(privacy)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
