package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.coordinator.select.Poisson;
import dev.hansa.core.coordinator.select.Separated;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Who is asked in private runs. */
class PrivateDrawsTest extends PrivateRunFixture {

    @Test
    void aDrawIsNeverMadeAgainForBeingSmall() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.empty(), 1, new Poisson(0.1)).with(CENTRAL);
        Checkpoint end = run(spec);
        assertThat(end.history()).hasSize(5);
        assertThat(events).noneMatch(RunEvent.RoundAbandoned.class::isInstance);
        assertThat(end.history().stream().mapToInt(round -> round.asked().size()).min().getAsInt()).isZero();
    }

    /** A seed in the run file is known to all: who is drawn by it is no secret. */
    @Test
    void whoIsDrawnIsASecret() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.of(3), 2, new Uniform()).with(CENTRAL);
        List<Set<String>> first = new ArrayList<>();
        run(spec, 1, NoiseSource.SECRET).history().forEach(round -> first.add(round.asked()));
        List<Set<String>> second = new ArrayList<>();
        run(spec, 1, NoiseSource.SECRET).history().forEach(round -> second.add(round.asked()));
        assertThat(first).isNotEqualTo(second); // equal for one pair of runs in 5 * 10^11
        assertThat(first).allMatch(cohort -> cohort.size() == 3);
    }

    @Test
    void whoRestsIsNeverAskedWhereItIsCharged() throws InterruptedException {
        CohortSelector resting = new Separated(new Uniform(), 2);
        RunSpec spec = spec(OptionalInt.of(4), 2, resting).with(privacy(new Mechanism.Correlated(), 0.5, 1));
        assertThat(spec.privacy().orElseThrow().drawing().separation()).isEqualTo(3);
        double restless = spec(OptionalInt.of(4), 2, new Uniform()).with(privacy(new Mechanism.Correlated(), 0.5, 1))
                .privacy().orElseThrow().epsilon(5);
        assertThat(spec.privacy().orElseThrow().epsilon(5)).isLessThan(restless);
        List<RoundRecord> history = run(spec).history();
        for (RoundRecord round : history) {
            history.stream().filter(later -> later.round() > round.round() && later.round() < round.round() + 3)
                    .forEach(later -> assertThat(later.asked()).doesNotContainAnyElementsOf(round.counted()));
        }
        assertThat(history).hasSize(5);
    }

    /** The divisor, the modulus and delta are for as many as the file names. */
    @Test
    void moreClientsThanTheFileNamesAreNotAskedAtOnce() throws InterruptedException {
        RunSpec named = spec(OptionalInt.empty(), 2, new Uniform());
        RunSpec ofFive = new RunSpec("private", "", named.data(), named.model(), named.strategy(), 3,
                new Cohort(5, OptionalInt.empty(), 2, Duration.ofMinutes(1)), 0, StopRule.NEVER, named.seed());
        assertThat(run(ofFive).history()).allMatch(round -> round.asked().size() == CLIENTS);
        assertThat(run(ofFive.with(CENTRAL)).history()).hasSize(3).allMatch(round -> round.asked().size() == 5);
    }

    /** Clients of a draw by coins that cannot read their rows are silent; to draw again would favour the others. */
    @Test
    void aDrawIsKeptHoweverManyAreSilent() throws InterruptedException {
        SortedMap<String, Client> clients = clients(SimulatedNoise.SEEDED);
        clients.replaceAll((name, client) -> new Client(
                Map.of("rows", spec -> RandomTables.of(RandomTables.CLASSES, 30, 1)),
                task -> task instanceof Task.Fit ? Optional.of("not now") : Optional.empty(), ClientMemory.inMemory(),
                Client.TIMELESS, SimulatedNoise.SEEDED));
        Store store = new MemoryStore(events::add);
        RunSpec spec = spec(OptionalInt.empty(), 2, new Poisson(0.5)).with(CENTRAL);
        try (LocalFleet fleet = new LocalFleet(clients, 1)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK, Map.of(), SimulatedNoise.SEEDED).run();
        }
        assertThat(store.latest(Simulation.RUN).orElseThrow().history()).hasSize(5)
                .allMatch(round -> round.updates() == 0);
        assertThat(events).noneMatch(RunEvent.RoundAbandoned.class::isInstance);
    }
}
