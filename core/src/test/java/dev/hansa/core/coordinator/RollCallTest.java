package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.data.ColumnStatistics;
import dev.hansa.core.data.Preprocessing.Scale;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Before the first round: clients that refuse, are silent or tell what cannot be. */
class RollCallTest extends RunLoopFixture {
    @Test
    void clientThatRefusesIsNamedAndTheOthersGoOn() throws InterruptedException {
        Report refusal = new Report.Refused("column x is missing");
        run(spec(2, 3, 2), new ScriptedFleet().with("a", "b").with("c", answering(Task.Describe.class, refusal)));

        assertThat(events(RunEvent.ClientRefused.class))
                .containsExactly(new RunEvent.ClientRefused("c", "column x is missing"));
        assertThat(end().refused()).isEqualTo(Map.of("c", "column x is missing"));
        assertThat(end().history().get(1).clients()).containsOnlyKeys("a", "b");
    }

    @Test
    void refusalOutlivesTheLoop() throws InterruptedException {
        Report refusal = new Report.Refused("no");
        run(spec(1, 3, 2), new ScriptedFleet().with("a", "b").with("c", answering(Task.Describe.class, refusal)));
        ScriptedFleet later = new ScriptedFleet().with("a", "b", "c");
        run(spec(2, 3, 2), later);

        assertThat(later.asked()).as("two to train, two to evaluate").hasSize(4);
    }

    @Test
    void runWhoseClientsAllRefuseEndsWithTheirReasons() throws InterruptedException {
        Function<Task, Optional<Report>> no = answering(Task.Describe.class, new Report.Refused("no"));

        assertThat(run(spec(1, 2, 2), new ScriptedFleet().with("a", no).with("b", no)))
                .isEqualTo(new RunEvent.Failed("the run waits for 2 clients, and there are only none; "
                        + "2 clients refused: no (a, b)"));
        assertThat(store.latest("run")).isEmpty();
    }

    @Test
    void runDoesNotStartWithFewerNodesThanItWants() throws InterruptedException {
        assertThat(run(spec(1, 3, 1), new ScriptedFleet().with("a", "b")))
                .isEqualTo(new RunEvent.Failed("the run waits for 3 clients, and there are only a, b"));
        assertThat(events.get(0)).isEqualTo(new RunEvent.Waiting(3, new TreeSet<>(List.of("a", "b"))));
    }

    @Test
    void whoWaitsTellsOfThoseWhoAreThereAndRefuse() throws InterruptedException {
        run(spec(1, 3, 3), new ScriptedFleet().with("a", "b")
                .with("c", answering(Task.Describe.class, new Report.Refused("no"))));
        assertThat(events(RunEvent.Waiting.class)).containsExactly(new RunEvent.Waiting(3,
                new TreeSet<>(List.of("a", "b")), "3 nodes; here: a, b; not asked, for they refuse: c"));
    }

    @Test
    void clientsThatNeverDescribeEndTheRun() throws InterruptedException {
        RunEvent end = run(spec(1, 2, 2), new ScriptedFleet().with("a").with("b", silentAt(Task.Describe.class)));

        assertThat(end).isInstanceOf(RunEvent.Failed.class);
        assertThat(((RunEvent.Failed) end).reason()).contains("none of b gave them");
    }

    @Test
    void clientsThatFailToDescribeEndTheRunWithTheirReason() throws InterruptedException {
        RunEvent end = run(spec(1, 1, 1),
                new ScriptedFleet().with("a", answering(Task.Describe.class, new Report.Failed("disk gone"))));

        assertThat(((RunEvent.Failed) end).reason()).endsWith("; a failed: disk gone");
    }

    @Test
    void enoughOthersGoOnWithoutOneThatNeverDescribes() throws InterruptedException {
        RunEvent end = run(spec(1, 3, 2), new ScriptedFleet().with("a", "b").with("c", silentAt(Task.class)));

        assertThat(end).isInstanceOf(RunEvent.Finished.class);
        assertThat(end().history().get(0).clients()).containsOnlyKeys("a", "b");
    }

    @Test
    void statisticsThatCannotBeUsedAreRefused() throws InterruptedException {
        Report otherColumns = new Report.Described(
                new TableStatistics(1, 0, new TreeMap<>(Map.of("z", new ColumnStatistics(1, 1, 1)))));
        run(spec(1, 4, 1),
                new ScriptedFleet().with("a").with("b", answering(Task.Describe.class, otherColumns))
                        .with("c", answering(Task.Describe.class,
                                ScriptedFleet.described(new ColumnStatistics(1, Double.NaN, 1))))
                        .with("d", answering(Task.Describe.class,
                                ScriptedFleet.described(new ColumnStatistics(1, 1, Double.POSITIVE_INFINITY)))));

        assertThat(end().refused()).containsOnlyKeys("b", "c", "d")
                .containsEntry("b", "its statistics are of the columns [z], expected [x]");
        assertThat(end().preprocessing().features()).containsExactly(new Scale(2, 1));
    }

    @Test
    void theOrderOfAnswersMakesNoDifferenceToAnyBit() throws InterruptedException {
        List<Double> numbers =
                new SplittableRandom(8).doubles(40).map(value -> 1e3 * value + 1 / value).boxed().toList();
        SortedSet<List<Scale>> scales = new TreeSet<>(Comparator.comparing(List::toString));
        for (int turn = 0; turn < 5; turn++) {
            List<Double> shuffled = new ArrayList<>(numbers);
            Collections.shuffle(shuffled, new Random(turn));
            ScriptedFleet fleet = new ScriptedFleet();
            for (int client = 0; client < shuffled.size(); client++) {
                double value = shuffled.get(client);
                fleet.with("c" + (100 + client), answering(Task.Describe.class,
                        ScriptedFleet.described(new ColumnStatistics(1, value, value * value))));
            }
            MemoryStore other = new MemoryStore(event -> {});
            new RunLoop("run", spec(1, numbers.size(), 2), fleet, other, Clock.systemUTC()).run();
            scales.add(other.latest("run").orElseThrow().preprocessing().features());
        }
        assertThat(scales).hasSize(1);
    }
}
