package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.privacy.Accounting;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.clip.AdaptiveClip;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What comes of private runs. */
class PrivateRunTest extends PrivateRunFixture {

    @Test
    void aSimulationIsTheSameForAnyNumberOfThreads() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(CENTRAL);
        Checkpoint one = run(spec, 1, SimulatedNoise.SEEDED);
        assertThat(run(spec, 4, SimulatedNoise.SEEDED).state()).isEqualTo(one.state());
        assertThat(run(spec.with(local())).state()).isEqualTo(run(spec.with(local())).state())
                .isNotEqualTo(one.state());
    }

    @Test
    void noiseOfRealRunsIsNeverTheSame() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(CENTRAL);
        assertThat(run(spec, 1, NoiseSource.SECRET).state()).isNotEqualTo(run(spec, 1, NoiseSource.SECRET).state());
        assertThat(run(spec.with(local()), 1, NoiseSource.SECRET).state())
                .isNotEqualTo(run(spec.with(local()), 1, NoiseSource.SECRET).state());
    }

    /** With hardly any noise, and a clip that no update reaches, it is the plain mean in which each counts the same. */
    @Test
    void withoutAnythingToProtectFromItIsThePlainMean() throws InterruptedException {
        RunSpec plain = spec(OptionalInt.empty(), 2, new Uniform())
                .with(Strategies.fedAvg(new LocalTraining(2, 5, 0.3, 0, 0, true), Weighting.UNIFORM, 1));
        Privacy nothing = new Privacy(NOISED_SUM, 1000, OptionalDouble.of(1e-9), OptionalDouble.empty(), 1e-3,
                Optional.of(Accounting.RDP), Set.of());
        double[] expected = values(run(plain));
        double[] found = values(run(plain.with(nothing)));
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-4));
        }
    }

    @Test
    void nodesTellNothingButTheirUpdates() throws InterruptedException {
        Checkpoint end = run(spec(OptionalInt.empty(), 2, new Uniform()).with(CENTRAL));
        assertThat(end.history()).hasSize(5).allMatch(round -> round.training().values().isEmpty());
        assertThat(end.history().get(0).clients().values()).hasSize(CLIENTS)
                .allMatch(part -> part.training().values().isEmpty())
                .allMatch(part -> part.rows().getAsDouble() == 1);
    }

    @Test
    void clientsThatDivergeTellZeros() throws InterruptedException {
        RunSpec wild = spec(OptionalInt.empty(), 2, new Uniform())
                .with(Strategies.fedAvg(new LocalTraining(50, 5, 1e30, 0, 1e10, true), Weighting.UNIFORM, 1));
        Checkpoint end = run(wild.with(CENTRAL));
        assertThat(end.history()).hasSize(5).allMatch(round -> round.discarded().isEmpty());
        double deviation = 0.5 / CLIENTS * Math.sqrt(5);
        assertThat(Arrays.stream(values(end)).map(Math::abs).max().getAsDouble()).isLessThan(6 * deviation)
                .isPositive();
    }

    @Test
    void theClipFollowsTheUpdates() throws InterruptedException {
        AdaptiveClip adaptive = new AdaptiveClip(1e-3, 0.5, 0.5, 2);
        Privacy privacy = new Privacy(new Mechanism.Central(Optional.of(adaptive)), 1e-3, OptionalDouble.of(1),
                OptionalDouble.empty(), 1e-3, Optional.of(Accounting.RDP), Set.of());
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(privacy);
        double clip = run(spec).state().slots().get("privacy.clip").get(0);
        assertThat(clip).isGreaterThan(1e-3 * Math.exp(0.25 * 2)).isLessThanOrEqualTo(1e-3 * Math.exp(0.25 * 5));
    }

    @Test
    void theRunEndsBeforeItsBudgetIsExceeded() throws InterruptedException {
        Privacy budget = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(2), OptionalDouble.of(3), 1e-3,
                Optional.of(Accounting.PLD), Set.of());
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(budget);
        int rounds = spec.lastRound();
        assertThat(rounds).isBetween(1, 4);
        assertThat(spec.privacy().get().epsilon(rounds)).isLessThanOrEqualTo(3);
        assertThat(spec.privacy().get().epsilon(rounds + 1)).isGreaterThan(3);
        assertThat(run(spec).history()).hasSize(rounds);
        assertThat(events.get(events.size() - 1)).isInstanceOfSatisfying(RunEvent.Finished.class,
                end -> assertThat(end.reason()).contains("budget of epsilon 3.0 lasts for no more than " + rounds));
    }

    /** Nobody can see anything of the noise but that it is small; the sum is that of the clipped updates. */
    @Test
    void withHardlyAnyNoiseEachMechanismIsThePlainMean() throws InterruptedException {
        RunSpec plain = spec(OptionalInt.empty(), 2, new Uniform())
                .with(Strategies.fedAvg(new LocalTraining(2, 5, 0.3, 0, 0, true), Weighting.UNIFORM, 1));
        double[] expected = values(run(plain));
        for (Mechanism mechanism : List.of(new Mechanism.Local(), new Mechanism.Correlated())) {
            closeTo(expected, values(run(plain.with(privacy(mechanism, 100, 1e-9)))), 1e-4);
        }
        RunSpec once = ofOneRound(plain);
        for (IntegerNoise noise : IntegerNoise.values()) {
            Mechanism distributed = new Mechanism.Distributed(noise, 24);
            double deviation = 1e-4 * 20 / Math.sqrt(2) * Math.sqrt(CLIENTS) / CLIENTS;
            closeTo(values(run(once)), values(run(once.with(privacy(distributed, 20, 1e-4)))), 5 * deviation);
        }
    }
}
