package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.ColumnStatistics;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing.Scale;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.FedAvg;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop with clients that drop out, refuse, lie and diverge. A loop that hangs is a failure. */
@Timeout(20)
class RunLoopTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")),
            new Column.Category("y", "", List.of("no", "yes")));
    private final List<RunEvent> events = new ArrayList<>();
    private final MemoryStore store = new MemoryStore(events::add);

    private static RunSpec spec(int rounds, int nodes, int minimumReports) {
        return spec(rounds, nodes, minimumReports, 1, StopRule.NEVER);
    }

    private static RunSpec spec(int rounds, int nodes, int minimumReports, int evaluateEvery, StopRule stop) {
        return new RunSpec("test", "", new DataSpec("rows", SCHEMA, new HoldOut.None(), true), new ModelSpec.Softmax(),
                new FedAvg(new LocalTraining(1, 0, 0.1, 0, 0, false), Weighting.EXAMPLES, 1), rounds,
                new Cohort(nodes, OptionalInt.empty(), minimumReports, Duration.ofSeconds(1)), evaluateEvery, stop,
                new Seed(1));
    }

    private RunLoop loop(RunSpec spec, Fleet fleet) {
        return new RunLoop("run", spec, fleet, store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    private RunEvent run(RunSpec spec, Fleet fleet) throws InterruptedException {
        RunEvent end = loop(spec, fleet).run();
        assertThat(events.get(events.size() - 1)).as("the last event").isEqualTo(end);
        return end;
    }

    private Checkpoint end() {
        return store.latest("run").orElseThrow();
    }

    private <E extends RunEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Function<Task, Optional<Report>> answering(Class<? extends Task> type, Report report) {
        return task -> Optional.of(type.isInstance(task) ? report : ScriptedFleet.obey(task));
    }

    private static Function<Task, Optional<Report>> silentAt(Class<? extends Task> type) {
        return task -> type.isInstance(task) ? Optional.empty() : Optional.of(ScriptedFleet.obey(task));
    }

    // ---- a good day

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

    // ---- before the first round

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
                .isEqualTo(new RunEvent.Failed("the run waits for 2 clients, and there are only []; a refused: no; "
                        + "b refused: no"));
        assertThat(store.latest("run")).isEmpty();
    }

    @Test
    void runDoesNotStartWithFewerNodesThanItWants() throws InterruptedException {
        assertThat(run(spec(1, 3, 1), new ScriptedFleet().with("a", "b")))
                .isEqualTo(new RunEvent.Failed("the run waits for 3 clients, and there are only [a, b]"));
        assertThat(events.get(0)).isEqualTo(new RunEvent.Waiting(3, new TreeSet<>(List.of("a", "b"))));
    }

    @Test
    void clientsThatNeverDescribeEndTheRun() throws InterruptedException {
        RunEvent end = run(spec(1, 2, 2), new ScriptedFleet().with("a").with("b", silentAt(Task.Describe.class)));

        assertThat(end).isInstanceOf(RunEvent.Failed.class);
        assertThat(((RunEvent.Failed) end).reason()).contains("none of [b] gave them");
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

    // ---- in a round

    @Test
    void roundWithTooFewUpdatesIsAbandonedAndTriedAgain() throws InterruptedException {
        int[] fits = new int[1];
        ScriptedFleet fleet = new ScriptedFleet().with("a").with("b",
                task -> task instanceof Task.Fit && fits[0]++ < 2 ? Optional.empty()
                        : Optional.of(ScriptedFleet.obey(task)));

        assertThat(run(spec(1, 2, 2), fleet)).isInstanceOf(RunEvent.Finished.class);
        assertThat(events(RunEvent.RoundAbandoned.class)).containsExactly(
                new RunEvent.RoundAbandoned(1, 1, "got 1 updates, needs 2"),
                new RunEvent.RoundAbandoned(1, 2, "got 1 updates, needs 2"));
        assertThat(events(RunEvent.RoundStarted.class)).extracting(RunEvent.RoundStarted::attempt)
                .containsExactly(1, 2, 3);
        assertThat(end().state().parameters().toArray()).as("updates of abandoned attempts are not counted")
                .containsOnly(1);
    }

    @Test
    void fewerThanTheMinimumAreNeverCounted() throws InterruptedException {
        RunEvent end = run(spec(3, 3, 3), new ScriptedFleet().with("a", "b").with("c", silentAt(Task.Fit.class)));

        assertThat(end).isEqualTo(new RunEvent.Failed(
                "round 1 did not get the 3 updates of cohort.minimumReports, 10 times in a row"));
        assertThat(end().state().round()).isZero();
        assertThat(end().state().parameters().toArray()).containsOnly(0);
    }

    @Test
    void dropoutAboveTheMinimumDoesNotStopTheRound() throws InterruptedException {
        run(spec(2, 3, 2), new ScriptedFleet().with("a", "b").with("c", silentAt(Task.Fit.class)));

        assertThat(end().state().parameters().toArray()).containsOnly(2);
        assertThat(end().history().get(0).clients().get("c").training()).isEqualTo(Metrics.NONE);
    }

    @Test
    void clientsThatFailEndTheRunWithTheirReasons() throws InterruptedException {
        RunEvent end = run(spec(1, 2, 2),
                new ScriptedFleet().with("a").with("b", answering(Task.Fit.class, new Report.Failed("diverged"))));

        assertThat(((RunEvent.Failed) end).reason()).endsWith("10 times in a row; b failed: diverged");
        assertThat(events(RunEvent.ClientFailed.class)).hasSize(10);
    }

    @Test
    void updateThatIsNotFiniteIsDiscardedAndTheRoundGoesOn() throws InterruptedException {
        Layout layout = Layout.of(TensorShape.of("layer1.weight", 2, 1), TensorShape.of("layer1.bias", 2));
        Report poison = ScriptedFleet.fitted(Parameters.of(layout, 1, Float.NaN, 1, 1));
        run(spec(1, 3, 2), new ScriptedFleet().with("a", "b").with("c", answering(Task.Fit.class, poison)));

        assertThat(events(RunEvent.UpdateDiscarded.class)).extracting(RunEvent.UpdateDiscarded::client)
                .containsExactly("c");
        assertThat(end().state().parameters().toArray()).containsOnly(1);
        assertThat(end().history().get(0).training().get(Metrics.EXAMPLES)).hasValue(2);
    }

    @Test
    void modelThatDivergesEndsTheRunAndTheLastGoodOneIsKept() throws InterruptedException {
        Layout layout = Layout.of(TensorShape.of("layer1.weight", 2, 1), TensorShape.of("layer1.bias", 2));
        Report huge = ScriptedFleet.fitted(Parameters.of(layout, 3e38f, 3e38f, 3e38f, 3e38f));

        RunEvent end = run(spec(9, 2, 2), new ScriptedFleet().with("a", answering(Task.Fit.class, huge)).with("b",
                answering(Task.Fit.class, huge)));

        assertThat(((RunEvent.Failed) end).reason()).startsWith("round 1 diverged").contains("round 0 is kept");
        assertThat(end().state().parameters().isFinite()).isTrue();
    }

    @Test
    void answerOfTheWrongKindIsAFailure() throws InterruptedException {
        run(spec(1, 3, 2), new ScriptedFleet().with("a", "b").with("c",
                answering(Task.Fit.class, new Report.Evaluated(Sums.NONE))));

        assertThat(events(RunEvent.ClientFailed.class))
                .containsExactly(new RunEvent.ClientFailed(1, "c", "it answered with Evaluated, expected Fitted"));
    }

    @Test
    void evaluationThatIsNotFiniteIsNotCounted() throws InterruptedException {
        run(spec(1, 2, 2), new ScriptedFleet().with("a").with("b",
                answering(Task.Evaluate.class, new Report.Evaluated(Sums.of(Map.of(Sums.LOSS, Double.NaN))))));

        assertThat(end().history().get(0).evaluation().get(Metrics.LOSS)).hasValue(2);
        assertThat(events(RunEvent.ClientFailed.class)).extracting(RunEvent.ClientFailed::client).containsExactly("b");
    }

    @Test
    void clientsThatRefuseInARoundAreNotAskedAgain() throws InterruptedException {
        run(spec(3, 3, 2), new ScriptedFleet().with("a", "b").with("c",
                task -> Optional.of(task.round() == 2 ? new Report.Refused("enough") : ScriptedFleet.obey(task))));

        assertThat(end().refused()).isEqualTo(Map.of("c", "enough"));
        assertThat(events(RunEvent.RoundStarted.class)).extracting(event -> event.cohort().size())
                .containsExactly(3, 3, 2);
    }

    @Test
    void runWhoseClientsLeaveForGoodEnds() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b");
        RunSpec spec = spec(9, 2, 2, 0, StopRule.NEVER);
        run(spec(1, 2, 2, 0, StopRule.NEVER), fleet);
        fleet.remove("b");

        assertThat(run(spec, fleet)).isEqualTo(new RunEvent.Failed(
                "a round needs 2 clients (cohort.minimumReports), and there are only [a]"));
        assertThat(end().state().round()).isEqualTo(1);
    }

    @Test
    void eachClientShufflesByASeedOfItsOwnInEachRound() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b");
        run(spec(3, 2, 2), fleet);

        assertThat(fleet.asked().stream().filter(Task.Fit.class::isInstance).map(task -> ((Task.Fit) task).seed()))
                .hasSize(6).doesNotHaveDuplicates();
    }

    // ---- stopping

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
