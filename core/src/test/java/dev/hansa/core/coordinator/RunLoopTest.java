package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.data.Preprocessing.Scale;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.protocol.Task;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The loop on a good day. */
class RunLoopTest extends RunLoopFixture {
    @Test
    void runDescribesThenTrainsRoundAfterRound() throws InterruptedException {
        RunEvent end = run(spec(2, 2, 2), new ScriptedFleet().with("a", "b"));

        assertThat(end).isEqualTo(new RunEvent.Finished(2, "all 2 rounds are done"));
        assertThat(events.stream().map(event -> event.getClass().getSimpleName()).toList()).containsExactly(
                "ClientAnswered", "ClientDescribed", "ClientAnswered", "ClientDescribed",
                "RoundStarted", "ClientAnswered", "ClientAnswered", "ClientAnswered", "ClientAnswered",
                "RoundCommitted",
                "RoundStarted", "ClientAnswered", "ClientAnswered", "ClientAnswered", "ClientAnswered",
                "RoundCommitted",
                "Finished");
        assertThat(end().state().parameters().toArray()).containsOnly(2);
        assertThat(end().preprocessing().features()).containsExactly(new Scale(2, 1));
    }

    @Test
    void recordTellsWhatEachClientDid() throws InterruptedException {
        run(spec(1, 2, 2), new ScriptedFleet().with("a", "b"));

        RoundRecord record = end().history().get(0);
        assertThat(record.training().get(Metrics.LOSS)).hasValue(3);
        assertThat(record.evaluation().get(Metrics.ACCURACY)).hasValue(0.5);
        assertThat(record.clients()).containsOnlyKeys("a", "b");
        assertThat(record.clients().get("a").training().get(Metrics.EXAMPLES)).hasValue(1);
        assertThat(record.clients().get("a").evaluation().get(Metrics.EXAMPLES)).hasValue(4);
        assertThat(record.traffic()).as("a fit and an evaluation each").isEqualTo(new Traffic(40, 4));
    }

    @Test
    void evaluationFollowsEachNthRoundAndTheLast() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a");
        run(spec(5, 1, 1, 2, StopRule.NEVER), fleet);

        assertThat(fleet.asked().stream().filter(Task.Evaluate.class::isInstance).map(Task::round).toList())
                .containsExactly(2, 4, 5);
    }

    @Test
    void targetEndsTheRunEarly() throws InterruptedException {
        StopRule good = new StopRule(Optional.of(new StopRule.Target(Metrics.ACCURACY, 0.5)), Optional.empty());

        assertThat(run(spec(5, 1, 1, 1, good), new ScriptedFleet().with("a")))
                .isEqualTo(new RunEvent.Finished(1, "target reached: accuracy 0.5, wanted 0.5"));
    }

    @Test
    void finishedRunIsNotRunAgain() throws InterruptedException {
        run(spec(2, 1, 1), new ScriptedFleet().with("a"));
        ScriptedFleet fleet = new ScriptedFleet().with("a");

        assertThat(run(spec(2, 1, 1), fleet)).isInstanceOf(RunEvent.Finished.class);
        assertThat(fleet.asked()).isEmpty();
    }
}
