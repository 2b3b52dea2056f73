package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hansa.core.FederationException;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A loop that goes on where another ended, in the middle of a round. */
class ResumedRunTest extends RunLoopFixture {

    /** Commits one round, by a and b. */
    @BeforeEach
    void begin() throws InterruptedException {
        run(spec(1, 2, 1), new ScriptedFleet().with("a", "b"));
        events.clear();
    }

    @Test
    void theCohortThatWasAskedIsAskedAndNobodyElse() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b", "c")
                .alreadyAsked(new Question(2, Phase.FIT, 3), "b");
        run(spec(2, 2, 1, 0, StopRule.NEVER), fleet);

        assertThat(fleet.questions()).containsExactly(new Question(2, Phase.FIT, 3));
        assertThat(fleet.asked()).hasSize(1);
        assertThat(end().history().get(1).clients()).containsOnlyKeys("b");
        assertThat(events(RunEvent.RoundStarted.class)).as("it was told of when it started").isEmpty();
    }

    @Test
    void thoseWhoWereEvaluatingEvaluate() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b", "c")
                .alreadyAsked(new Question(2, Phase.FIT, 1), "a", "b")
                .alreadyAsked(new Question(2, Phase.EVALUATE, 1), "a");
        run(spec(2, 2, 1), fleet);

        assertThat(fleet.asked()).extracting(Task::getClass)
                .isEqualTo(List.of(Task.Fit.class, Task.Fit.class, Task.Evaluate.class));
    }

    @Test
    void anAttemptThatFailsIsFollowedByTheNext() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b")
                .alreadyAsked(new Question(2, Phase.FIT, 3), "a");
        run(spec(2, 2, 2, 0, StopRule.NEVER), fleet);

        assertThat(fleet.questions()).containsExactly(new Question(2, Phase.FIT, 3), new Question(2, Phase.FIT, 4));
        assertThat(events(RunEvent.RoundAbandoned.class)).extracting(RunEvent.RoundAbandoned::attempt)
                .containsExactly(3);
    }

    @Test
    void answersAreReleasedOnceTheyAreCounted() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b");
        run(spec(3, 2, 2), fleet);

        assertThat(fleet.released()).as("two rounds, and the end").isEqualTo(3);
    }

    @Test
    void aRollCallGoesOnToo() throws InterruptedException {
        MemoryStore other = new MemoryStore(events::add);
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b")
                .alreadyAsked(new Question(0, Phase.DESCRIBE, 2), "a");
        new RunLoop("other", spec(1, 2, 2), fleet, other, Clock.systemUTC()).run();

        assertThat(fleet.questions().subList(0, 2)).containsExactly(new Question(0, Phase.DESCRIBE, 2),
                new Question(0, Phase.DESCRIBE, 3));
        assertThat(other.latest("other").orElseThrow().history()).hasSize(1);
    }

    @Test
    void aRollCallThatIsOverIsNotHeldAgain() throws InterruptedException {
        MemoryStore first = new MemoryStore(events::add);
        assertThatExceptionOfType(FederationException.class).isThrownBy(() -> new RunLoop("other", spec(1, 2, 2),
                new ScriptedFleet().with("a", "b"), new DyingStore(first), Clock.systemUTC()).run());
        assertThat(first.latest("other")).isPresent();

        ScriptedFleet fleet = new ScriptedFleet().with("a", "b");
        new RunLoop("other", spec(1, 2, 2), fleet, first, Clock.systemUTC()).run();
        assertThat(fleet.questions()).extracting(Question::phase).containsExactly(Phase.FIT, Phase.EVALUATE);
    }
}
