package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.privacy.noise.SecureBytes;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** What cohorts are drawn by, where nobody may know who was drawn. */
class SecretDrawsTest extends RunLoopFixture {

    private static Privacy privacy(Mechanism mechanism) {
        return new Privacy(mechanism, 0.5, OptionalDouble.of(20), OptionalDouble.empty(), 1e-3, Optional.empty(),
                Set.of(Exempt.STATISTICS));
    }

    private static RunSpec spec(CohortSelector selector) {
        RunSpec plain = spec(2, 3, 2, 0, StopRule.NEVER);
        return new RunSpec("test", "", plain.data(), plain.model(), plain.strategy(), plain.compression(), 2,
                new Cohort(3, OptionalInt.of(2), 2, 1, Duration.ofSeconds(1), false, selector), plain.evaluation(),
                StopRule.NEVER, new Seed(1));
    }

    private List<Coins> coins(Optional<Privacy> privacy, NoiseSource noise) throws InterruptedException {
        Watching watching = new Watching(new ArrayList<>());
        RunSpec spec = privacy.map(spec(watching)::with).orElse(spec(watching));
        ScriptedFleet fleet = new ScriptedFleet();
        List.of("a", "b", "c").forEach(name -> fleet.with(name, task -> Optional.of(task instanceof Task.Fit fit
                ? new Report.Fitted(
                        new ModelUpdate(Parameters.zeros(fit.updateLayout()), 1, Sums.NONE))
                : ScriptedFleet.obey(task))));
        new RunLoop("run", spec, fleet, new MemoryStore(event -> {}), Clock.systemUTC(), Map.of(), noise).run();
        assertThat(watching.seen).hasSize(2);
        return watching.seen;
    }

    @Test
    void whatIsChargedAsASecretIsDrawnFromAKeyThatNobodyKnows() throws InterruptedException {
        List<Coins> coins = coins(Optional.of(privacy(new Mechanism.Central(Optional.empty()))), NoiseSource.SECRET);
        assertThat(coins).allSatisfy(one -> assertThat(bytes(one)).isInstanceOf(SecureBytes.class));
        assertThat(bytes(coins.get(0))).isNotSameAs(bytes(coins.get(1)));
    }

    @Test
    void aSimulationSaysByItsTypeThatItsSecretIsNone() throws InterruptedException {
        assertThat(coins(Optional.of(privacy(new Mechanism.Central(Optional.empty()))), SeededBytes::new))
                .allSatisfy(one -> assertThat(bytes(one)).isInstanceOf(SeededBytes.class));
    }

    @Test
    void whatNobodyIsChargedForIsDrawnFromTheFilesSeed() throws InterruptedException {
        assertThat(coins(Optional.empty(), NoiseSource.SECRET)).hasOnlyElementsOfType(Coins.Known.class);
        assertThat(coins(Optional.of(privacy(new Mechanism.Local())), NoiseSource.SECRET))
                .hasOnlyElementsOfType(Coins.Known.class);
    }

    @Test
    void aSecretDrawHasNoSeed() {
        Draw draw = new Draw(new Coins.Secret(SecureBytes.fresh()), 1, new ScriptedFleet().with("a").available(),
                OptionalInt.of(1), 1, Collections.emptySortedMap(), List.of());
        assertThatIllegalStateException().isThrownBy(draw::seed).withMessageContaining("charged as a secret");
        assertThat(draw.among(draw.available()).coins()).isSameAs(draw.coins());
    }

    private static RandomBytes bytes(Coins coins) {
        return ((Coins.Secret) coins).bytes();
    }

    /** Two of three, and what they were drawn by. */
    private record Watching(List<Coins> seen) implements CohortSelector {
        @Override
        public SortedSet<String> select(Draw draw) {
            seen.add(draw.coins());
            return new Uniform().select(draw);
        }

        @Override
        public Optional<Sampling> sampling(Cohort cohort) {
            return new Uniform().sampling(cohort);
        }
    }
}
