package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.FederationException;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.correlated.BufferedLinear;
import dev.hansa.core.privacy.correlated.Participation;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Runs with noise of which later rounds take a part back. */
class CorrelatedRunTest extends PrivateRunFixture {
    private static final BufferedLinear BLT = BufferedLinear.near(5, Participation.inAll(5, 1));

    /** No clip lets an update through, so what is left is noise. */
    @Test
    void correlatedNoiseIsLessInAllThanIndependentNoise() throws InterruptedException {
        double independent = 0;
        double correlated = 0;
        for (int seed = 0; seed < 40; seed++) {
            RunSpec still = still(seed);
            independent += square(run(still.with(privacy(NOISED_SUM, 1, 1))));
            correlated += square(run(still.with(privacy(new Mechanism.Correlated(), 1, 1))));
        }
        double deviation = 1.0 / CLIENTS;
        int values = values(run(still(0).with(privacy(NOISED_SUM, 1, 1)))).length;
        double draws = 40.0 * values;
        // independent: five rounds of the variance; standard error of a mean square: sqrt(2 / draws) of it
        assertThat(independent / draws).isCloseTo(5 * deviation * deviation,
                within(5 * 5 * deviation * deviation * Math.sqrt(2 / draws)));
        // correlated: after five rounds the model holds C⁻¹ z summed over rounds; C has 1 on its diagonal, and below it
        // Σ ω θ^(t-1). Its inverse by substitution, which has nothing of how noise is made
        double[] c = new double[5];
        double[] inverse = new double[5];
        double expected = 0;
        double sum = 0;
        for (int t = 0; t < 5; t++) {
            for (int i = 0; i < BLT.buffers() && t > 0; i++) {
                c[t] += BLT.output().get(i) * Math.pow(BLT.decay().get(i), t - 1);
            }
            inverse[t] = t == 0 ? 1 : 0;
            for (int k = 1; k <= t; k++) {
                inverse[t] -= c[k] * inverse[t - k];
            }
            sum += inverse[t]; // of the noise that came t rounds before the last
            expected += sum * sum;
        }
        assertThat(correlated / draws).isCloseTo(expected * deviation * deviation,
                within(5 * expected * deviation * deviation * Math.sqrt(2 / draws)));
        assertThat(expected).isLessThan(5);
    }

    /** Steps so small that updates are nothing beside the noise. */
    private static RunSpec still(int seed) {
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform())
                .with(Strategies.fedAvg(new LocalTraining(1, 5, 1e-12, 0, 0, true), Weighting.UNIFORM, 1));
        return new RunSpec(spec.name(), "", spec.data(), spec.model(), spec.strategy(), spec.compression(),
                spec.rounds(), spec.cohort(), spec.evaluation(), spec.stop(), new Seed(seed));
    }

    private static double square(Checkpoint end) {
        return Arrays.stream(values(end)).map(value -> value * value).sum();
    }

    /** After each round is what would be after it without the pause: noise to be taken back is not lost. */
    @Test
    void noiseOfEarlierRoundsOutlivesTheProcess() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(privacy(new Mechanism.Correlated(), 0.5, 1));
        Checkpoint whole = run(spec);
        boolean[] killed = {false};
        Store store = new MemoryStore(event -> {
            if (event instanceof RunEvent.RoundCommitted committed && committed.record().round() == 2 && !killed[0]) {
                killed[0] = true;
                throw new FederationException("killed", true);
            }
        });
        try (LocalFleet fleet = new LocalFleet(clients(SimulatedNoise.SEEDED), 1)) {
            assertThatThrownBy(() -> new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK, Map.of(),
                    SimulatedNoise.SEEDED).run()).hasMessage("killed");
        }
        assertThat(noiseOf(store.latest(Simulation.RUN).orElseThrow())).as("two slots each of three buffers")
                .hasSize(6);
        try (LocalFleet fleet = new LocalFleet(clients(SimulatedNoise.SEEDED), 1)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK, Map.of(), SimulatedNoise.SEEDED).run();
        }
        assertThat(store.latest(Simulation.RUN).orElseThrow().state()).isEqualTo(whole.state());
        assertThat(noiseOf(whole)).as("when the run is over").isEmpty();
    }

    private static Set<String> noiseOf(Checkpoint checkpoint) {
        Set<String> slots = new TreeSet<>(checkpoint.state().slots().keySet());
        slots.removeIf(slot -> !slot.startsWith("privacy.noise"));
        return slots;
    }
}
