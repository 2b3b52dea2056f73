package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.coordinator.select.Poisson;
import dev.hansa.core.coordinator.select.PowerOfChoice;
import dev.hansa.core.privacy.Accounting;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.strategy.Strategies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What private runs are charged for, and what they may not do. */
class PrivateChargesTest extends PrivateRunFixture {

    /** Where the promise is about an exchange, the noise is half as much in relation to how far the sum moves. */
    @Test
    void whatIsDrawnIsWhatIsCharged() {
        Privacy z2 = privacy(NOISED_SUM, 0.5, 2);
        RunSpec all = spec(OptionalInt.empty(), 2, new Uniform());
        assertCharged(all.with(z2), new Gaussian(2), Adjacency.ZERO_OUT);
        assertCharged(spec(OptionalInt.empty(), 1, new Poisson(0.25)).with(z2),
                new PoissonSampled(0.25, new Gaussian(2)), Adjacency.ADD_OR_REMOVE_ONE);
        assertCharged(spec(OptionalInt.of(3), 2, new Uniform()).with(z2),
                new FixedSizeSampled(CLIENTS, 3, new Gaussian(1)), Adjacency.REPLACE_ONE);
        assertCharged(all.with(privacy(new Mechanism.Local(), 0.5, 2)), new Gaussian(1), Adjacency.REPLACE_ONE);
        assertThat(all.with(z2).privacy().orElseThrow().epsilon(0)).isZero();
    }

    private static void assertCharged(RunSpec spec, DpEvent round, Adjacency adjacency) {
        PrivacyPlan plan = spec.privacy().orElseThrow();
        assertThat(plan.event(5)).isEqualTo(new SelfComposed(round, 5));
        assertThat(plan.drawing().adjacency()).isEqualTo(adjacency);
        assertThat(plan.epsilon(5)).isEqualTo(plan.accounting().accountant()
                .curve(new SelfComposed(round, 5), adjacency).epsilon(1e-3));
    }

    @Test
    void refusesWhatItCannotPromise() {
        RunSpec plain = spec(OptionalInt.empty(), 2, new Uniform());
        refuses(spec(OptionalInt.of(3), 2, new PowerOfChoice(6)), CENTRAL, "chosen by PowerOfChoice");
        refuses(plain.with(Strategies.scaffold(new LocalTraining(2, 5, 0.3, 0, 0, true), 1, CLIENTS)),
                CENTRAL,
                "SCAFFOLD");
        refuses(plain.with(new Personalization.Clusters(2)), CENTRAL, "ifca");
        Privacy careless = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(1), OptionalDouble.empty(), 0.1,
                Optional.of(Accounting.RDP), Set.of());
        refuses(plain, careless, "0.1, and there are 12 nodes");
        refuses(measuring(plain), CENTRAL, "exempt: [evaluation]");
        Privacy exempt = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(1), OptionalDouble.empty(), 1e-3,
                Optional.of(Accounting.RDP), Set.of(Exempt.EVALUATION));
        assertThat(measuring(plain).with(exempt).privacy()).isPresent();
        Privacy poor = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(1), OptionalDouble.of(0.01), 1e-3,
                Optional.of(Accounting.RDP), Set.of());
        refuses(plain, poor, "one round costs");
        assertThatThrownBy(() -> new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(0), OptionalDouble.of(1), 1e-3,
                Optional.of(Accounting.RDP), Set.of())).hasMessageContaining("without noise there is no privacy");
    }

    /** As much noise as the fewest have together is as much as a coordinator would add. */
    @Test
    void distributedNoiseIsChargedForTheFewestThatAnswer() {
        Mechanism skellam = new Mechanism.Distributed(IntegerNoise.SKELLAM, 20);
        PrivacyPlan few = spec(OptionalInt.empty(), 3, new Uniform()).with(privacy(skellam, 0.5, 4)).privacy()
                .orElseThrow();
        PrivacyPlan all = spec(OptionalInt.empty(), CLIENTS, new Uniform()).with(privacy(skellam, 0.5, 4)).privacy()
                .orElseThrow();
        Privacy sum = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(4), OptionalDouble.empty(), 1e-3,
                Optional.of(Accounting.RDP), Set.of());
        PrivacyPlan central = spec(OptionalInt.empty(), 2, new Uniform()).with(sum).privacy().orElseThrow();
        assertThat(few.accounting()).isEqualTo(Accounting.RDP);
        assertThat(few.epsilon(5)).isCloseTo(all.epsilon(5), within(0.01)).isGreaterThan(central.epsilon(5))
                .isCloseTo(central.epsilon(5), within(0.01));
    }

    @Test
    void tooFewBitsLeaveNoRoomForNoise() {
        refuses(spec(OptionalInt.empty(), 2, new Uniform()),
                privacy(new Mechanism.Distributed(IntegerNoise.SKELLAM, 8), 1, 0.01), "more bits");
    }

    @Test
    void whoIsTooLateDependsOnNobody() {
        Cohort hasty = new Cohort(CLIENTS, OptionalInt.of(6), 2, 1.5, Duration.ofMinutes(1), false, new Uniform());
        RunSpec plain = spec(OptionalInt.empty(), 2, new Uniform());
        RunSpec spec = new RunSpec("private", "", plain.data(), plain.model(), plain.strategy(), plain.compression(), 5,
                hasty, plain.evaluation(), StopRule.NEVER, plain.seed());
        for (Mechanism mechanism : List.of(NOISED_SUM, new Mechanism.Correlated(),
                new Mechanism.Distributed(IntegerNoise.SKELLAM, 20))) {
            refuses(spec, privacy(mechanism, 0.5, 1), "overSelection is 1.5");
        }
        assertThat(spec.with(local()).privacy()).isPresent();
    }

    private static RunSpec measuring(RunSpec spec) {
        return new RunSpec(spec.name(), spec.purpose(), spec.data(), spec.model(), spec.strategy(), spec.compression(),
                spec.rounds(), spec.cohort(), new Evaluation(1), spec.stop(), spec.seed());
    }
}
