package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** The loop when it is told to stop. */
class RunLoopStopTest extends RunLoopFixture {
    @Test
    void interruptStopsTheLoopEvenIfNothingBlocks() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a");
        fleet.beforeAsking(() -> {
            if (fleet.asked().size() == 5) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> loop(spec(1000, 1, 1), fleet).run());
        assertThat(end().state().round()).isEqualTo(3);
        assertThat(events.get(events.size() - 1)).isInstanceOf(RunEvent.RoundCommitted.class);
        assertThat(run(spec(4, 1, 1), new ScriptedFleet().with("a"))).isInstanceOf(RunEvent.Finished.class);
    }

    @Test
    void operatorStopsTheRunAfterTheRoundAtHand() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a");
        RunLoop loop = loop(spec(1000, 1, 1, 0, StopRule.NEVER), fleet);
        fleet.beforeAsking(() -> {
            if (fleet.asked().size() == 3) {
                loop.stop();
            }
        });

        assertThat(loop.run()).isEqualTo(new RunEvent.Stopped(3));
        assertThat(end().state().round()).isEqualTo(3);
    }

    @Test
    void operatorStopsARunThatHasNotBegun() throws InterruptedException {
        RunLoop loop = loop(spec(3, 2, 2), new ScriptedFleet().with("a"));
        loop.stop();

        assertThat(loop.run()).isEqualTo(new RunEvent.Stopped(0));
    }
}
