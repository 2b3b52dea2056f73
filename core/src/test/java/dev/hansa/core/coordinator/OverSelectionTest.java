package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Rounds that ask more clients than they need. */
class OverSelectionTest extends RunLoopFixture {
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private static RunSpec spec(double overSelection) {
        RunSpec plain = spec(1, 4, 2);
        return new RunSpec(plain.name(), plain.purpose(), plain.data(), plain.model(), plain.strategy(), 1,
                new Cohort(4, OptionalInt.of(2), 2, overSelection, DEADLINE, false), 0, plain.stop(), plain.seed());
    }

    @Test
    void moreAreAskedAndTheRoundClosesWhenEnoughHaveAnswered() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b", "c", "d");
        run(spec(1.5), fleet);

        assertThat(events(RunEvent.RoundStarted.class).get(0).cohort()).hasSize(3);
        assertThat(fleet.patience()).isEqualTo(new Fleet.Patience(DEADLINE, 2));
    }

    @Test
    void nobodyMoreIsAskedOfAFleetInWhichAllAnswer() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet() {
            @Override
            public boolean isReliable() {
                return true;
            }
        }.with("a", "b", "c", "d");
        run(spec(1.5), fleet);

        assertThat(events(RunEvent.RoundStarted.class).get(0).cohort()).hasSize(2);
        assertThat(fleet.patience().enough()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whoDidNotAnswerIsNamed() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b", "c").with("d", silentAt(Task.Fit.class));
        run(spec(2), fleet);

        assertThat(events(RunEvent.ClientSilent.class)).containsExactly(new RunEvent.ClientSilent(1, "d", Phase.FIT));
    }
}
