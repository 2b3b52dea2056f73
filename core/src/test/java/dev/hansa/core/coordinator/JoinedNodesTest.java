package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A promise whose δ is for as many nodes as the file names, and more have joined. */
class JoinedNodesTest extends RunLoopFixture {
    private static final double DELTA = 0.3;

    private static RunSpec ofThree(Mechanism mechanism) {
        return spec(3, 3, 2, 0, StopRule.NEVER).with(new Privacy(mechanism, 0.5, OptionalDouble.of(20),
                OptionalDouble.empty(), DELTA, Optional.empty(), Set.of(Exempt.STATISTICS)));
    }

    private static ScriptedFleet fleet(String... names) {
        ScriptedFleet fleet = new ScriptedFleet();
        for (String name : names) {
            join(fleet, name);
        }
        return fleet;
    }

    private static void join(ScriptedFleet fleet, String name) {
        fleet.with(name, JoinedNodesTest::answer);
    }

    private static Optional<Report> answer(Task task) {
        return Optional.of(task instanceof Task.Fit fit
                ? new Report.Fitted(new ModelUpdate(Parameters.zeros(fit.updateLayout()), 1, Sums.NONE))
                : ScriptedFleet.obey(task));
    }

    @Test
    void theRunOfThreeIsRun() throws InterruptedException {
        assertThat(run(ofThree(new Mechanism.Central(Optional.empty())), fleet("a", "b", "c")))
                .isInstanceOf(RunEvent.Finished.class);
    }

    @Test
    void nobodyIsAskedIfThereAreMoreThanDeltaIsFor() throws InterruptedException {
        ScriptedFleet fleet = fleet("a", "b", "c", "d");
        RunEvent end = run(ofThree(new Mechanism.Central(Optional.empty())), fleet);
        assertThat(end).isInstanceOfSatisfying(RunEvent.Failed.class, failed -> assertThat(failed.reason())
                .contains("the run was not begun: privacy.delta is 0.3, and there are 4 nodes",
                        "expected far below 0.25", "cohort.nodes: 4"));
        assertThat(fleet.asked()).isEmpty();
    }

    @Test
    void noRoundIsBegunWhenTooManyHaveJoined() throws InterruptedException {
        for (Mechanism mechanism : new Mechanism[]{new Mechanism.Local(), new Mechanism.Correlated()}) {
            ScriptedFleet fleet = fleet("a", "b", "c");
            int[] questions = {0};
            fleet.beforeAsking(() -> {
                questions[0]++;
                if (questions[0] == 2) {
                    join(fleet, "d"); // during the first round
                }
            });
            events.clear();
            RunEvent end = new RunLoop(mechanism.toString(), ofThree(mechanism), fleet, store,
                    Clock.systemUTC()).run();
            assertThat(end).isInstanceOfSatisfying(RunEvent.Failed.class, failed -> assertThat(failed.reason())
                    .contains("round 2 was not begun: privacy.delta is 0.3, and there are 4 nodes"));
            assertThat(store.latest(mechanism.toString()).orElseThrow().history()).hasSize(1);
            assertThat(fleet.asked()).hasSize(3 + 3);
        }
    }

    @Test
    void whoTookPartAndLeftCountsStill() throws InterruptedException {
        ScriptedFleet fleet = fleet("a", "b", "c");
        fleet.with("c", task -> {
            if (task instanceof Task.Fit) { // when the first round is over
                fleet.leave("c");
                join(fleet, "d");
            }
            return answer(task);
        });
        RunEvent end = run(ofThree(new Mechanism.Central(Optional.empty())), fleet);
        assertThat(end).isInstanceOfSatisfying(RunEvent.Failed.class, failed -> assertThat(failed.reason())
                .contains("round 2 was not begun: privacy.delta is 0.3, and there are 4 nodes"));
    }

    @Test
    void whoRefusesIsNotDrawnFrom() throws InterruptedException {
        ScriptedFleet fleet = fleet("a", "b", "c");
        RunSpec spec = ofThree(new Mechanism.Central(Optional.empty()));
        int[] questions = {0};
        fleet.beforeAsking(() -> {
            questions[0]++;
            if (questions[0] == 1) {
                fleet.with("c", task -> Optional.of(new Report.Refused("not mine")));
            } else if (questions[0] == 2) {
                join(fleet, "d");
            }
        });
        assertThat(run(spec, fleet)).isInstanceOf(RunEvent.Finished.class);
    }
}
