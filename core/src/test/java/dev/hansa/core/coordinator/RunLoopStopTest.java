package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.FutureTask;
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
    void operatorEndsThePauseBeforeAnotherAttempt() throws Exception {
        endsThePause(Task.Fit.class, 2);
        endsThePause(Task.Describe.class, 1);
    }

    private void endsThePause(Class<? extends Task> silence, int questions) throws Exception {
        ScriptedFleet fleet = new ScriptedFleet().with("a", silentAt(silence)).pausing(attempt -> Duration.ofHours(1));
        RunLoop loop = new RunLoop(silence.getSimpleName(), spec(3, 1, 1), fleet, store, Clock.systemUTC());
        FutureTask<RunEvent> end = new FutureTask<>(loop::run);
        Thread thread = new Thread(end);
        thread.start();
        while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        loop.stop();

        assertThat(end.get()).isEqualTo(new RunEvent.Stopped(0));
        assertThat(fleet.questions()).hasSize(questions);
    }

    @Test
    void operatorStopsARunThatHasNotBegun() throws InterruptedException {
        RunLoop loop = loop(spec(3, 2, 2), new ScriptedFleet().with("a"));
        loop.stop();

        assertThat(loop.run()).isEqualTo(new RunEvent.Stopped(0));
    }
}
