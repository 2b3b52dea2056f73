package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Preprocessing.Scale;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.core.strategy.Strategies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each {@link Store} promises. */
public abstract class StoreContract {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "m")),
            new Column.Category("y", "", List.of("no", "yes")));
    private static final Layout LAYOUT = Layout.of(TensorShape.of("weight", 2, 1), TensorShape.of("bias", 2));

    /** The store under test, the same in one test. */
    protected abstract Store store();

    /** What a new process finds after this one was killed; a store that dies with its process answers itself. */
    protected abstract Store afterRestart();

    /** Makes a run known to the store, where it needs to know it beforehand. */
    protected abstract String newRun(RunSpec spec);

    /** A run of so many rounds with the clients {@code a} and {@code b}. */
    protected static RunSpec spec(int rounds) {
        return new RunSpec("test", "to test a store", new DataSpec("rows", SCHEMA, new HoldOut.None(), true),
                new ModelSpec.Softmax(),
                Strategies.fedAvg(new LocalTraining(1, 0, 0.1, 0, 0, false), Weighting.EXAMPLES, 1),
                rounds, new Cohort(2, OptionalInt.empty(), 2, Duration.ofSeconds(10)), 1, StopRule.NEVER, new Seed(1));
    }

    /** The state after so many rounds, with something in each field. */
    private static Checkpoint checkpoint(int rounds) {
        return checkpoint(rounds, 0);
    }

    private static Checkpoint checkpoint(int rounds, int best) {
        List<RoundRecord> history = IntStream.rangeClosed(1, rounds).mapToObj(StoreContract::record)
                .toList();
        ServerState state = new ServerState(rounds, Parameters.of(LAYOUT, rounds, -0.0f, Float.MIN_VALUE, 1e30f),
                new TreeMap<>(Map.of("momentum", Parameters.of(LAYOUT, 1, 2, 3, rounds))));
        return new Checkpoint(state, new Preprocessing(SCHEMA, List.of(new Scale(0.1, 1e-3)), Scale.IDENTITY),
                new TreeMap<>(Map.of("a", 10L, "b", 1L << 40)), new TreeMap<>(Map.of("c", "its owner said “no”")),
                history, new Closing(new TreeSet<>(List.of(RunEvent.Phase.PERSONALISE)),
                        new TreeMap<>(Map.of("a", new Closing.Personal(Metrics.NONE, record(1).training())))),
                best);
    }

    private static RoundRecord record(int round) {
        Metrics metrics = new Metrics(new TreeMap<>(Map.of(Metrics.LOSS, 1.0 / round, Metrics.ACCURACY, 0.1)));
        return new RoundRecord(round, metrics, Metrics.NONE,
                new TreeMap<>(Map.of("a", new ClientRound(metrics, Metrics.NONE, new Traffic(1L << 40, round)))),
                Duration.ofMillis(1234), new TreeMap<>(Map.of("b", "not finite")),
                new TreeSet<>(List.of("a", "b", "c")));
    }

    @Test
    void runWithoutCheckpointHasNone() {
        assertThat(store().latest(newRun(spec(1)))).isEmpty();
    }

    @Test
    void latestCheckpointComesBackWhole() {
        String run = newRun(spec(3));

        for (int round = 0; round <= 3; round++) {
            store().save(run, checkpoint(round));

            assertThat(store().latest(run)).hasValue(checkpoint(round));
        }
        assertThat(afterRestart().latest(run)).hasValue(checkpoint(3));
    }

    @Test
    void bestCheckpointStaysBesideTheLastUntilThereIsABetterOne() {
        String run = newRun(spec(5));
        assertThat(store().best(run)).isEmpty();

        for (int round = 0; round <= 5; round++) {
            int best = round < 2 ? 0 : round < 5 ? 2 : 5;
            store().save(run, checkpoint(round, best));

            assertThat(store().latest(run)).hasValue(checkpoint(round, best));
            assertThat(store().best(run)).isEqualTo(
                    best == 0 ? Optional.empty() : Optional.of(checkpoint(best, best)));
            assertThat(afterRestart().best(run)).isEqualTo(store().best(run));
        }
    }

    @Test
    void savingTwiceChangesNothing() {
        String run = newRun(spec(3));

        store().save(run, checkpoint(1));
        store().save(run, checkpoint(1));

        assertThat(store().latest(run)).hasValue(checkpoint(1));
    }

    private static Fleet.Sent open(int round, RunEvent.Phase phase) {
        return new Fleet.Sent(new Fleet.Question(round, phase, 1), "a");
    }

    @Test
    void modelsThatOpenQuestionsAreAboutAreKept() {
        String run = newRun(spec(5));
        store().save(run, checkpoint(0));
        store().save(run, checkpoint(1), Set.of(open(1, RunEvent.Phase.FIT)));
        store().save(run, checkpoint(2),
                Set.of(open(1, RunEvent.Phase.FIT), open(1, RunEvent.Phase.EVALUATE), open(3, RunEvent.Phase.FIT)));

        for (int round = 0; round <= 2; round++) {
            assertThat(afterRestart().model(run, round)).as("after round " + round)
                    .isEqualTo(checkpoint(round).state().parameters());
        }

        store().save(run, checkpoint(3), Set.of(open(3, RunEvent.Phase.FIT)));
        assertThat(afterRestart().model(run, 2)).isEqualTo(checkpoint(2).state().parameters());
        assertThat(afterRestart().model(run, 3)).isEqualTo(checkpoint(3).state().parameters());
        assertThatIllegalArgumentException().isThrownBy(() -> store().model(run, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> store().model(run, 1));
    }

    @Test
    void aRoundThatWasMeasuredLaterIsWholeAndMayBeTheBest() {
        String run = newRun(spec(5));
        store().save(run, checkpoint(1));
        store().save(run, checkpoint(2), Set.of(open(1, RunEvent.Phase.EVALUATE)));
        Checkpoint last = checkpoint(2);
        RoundRecord whole = record(1).with(new Metrics(new TreeMap<>(Map.of(Metrics.LOSS, 0.25))), new TreeMap<>());
        Checkpoint measured = new Checkpoint(last.state(), last.preprocessing(), last.rows(), last.refused(),
                List.of(whole, record(2)), last.closing(), 1);

        store().save(run, measured, Set.of(), new RunEvent.RoundEvaluated(whole));

        assertThat(afterRestart().latest(run)).hasValue(measured);
        Checkpoint best = afterRestart().best(run).orElseThrow();
        assertThat(best.state().round()).isEqualTo(1);
        assertThat(best.state().parameters()).isEqualTo(checkpoint(1).state().parameters());
        assertThat(best.history()).containsExactly(whole);
    }

    /** Of correlated noise, which whoever has it can take off the models that were released. */
    @Test
    void whatNoiseHasLeftIsForgottenWithTheEndAndNotBefore() {
        for (RunEvent end : List.of(new RunEvent.Finished(2, "done"), new RunEvent.Stopped(2),
                new RunEvent.Failed("why"))) {
            String run = newRun(spec(5));
            store().save(run, noised(checkpoint(1, 1)));
            Checkpoint last = noised(checkpoint(2, 1));
            store().save(run, last, Set.of(open(2, RunEvent.Phase.FIT)));
            store().append(run, new RunEvent.Waiting(2, new TreeSet<>(List.of("a"))));
            assertThat(afterRestart().latest(run)).as("before the end").hasValue(last);

            store().append(run, end);

            assertThat(afterRestart().latest(run)).as("but for the noise all is there").hasValue(checkpoint(2, 1));
            assertThat(afterRestart().best(run).orElseThrow().state()).isEqualTo(checkpoint(1, 1).state());
            assertThat(afterRestart().model(run, 2)).isEqualTo(last.state().parameters());
            keepsNoNoise(run);
        }
    }

    /** Looks wherever the store may keep a state. */
    protected void keepsNoNoise(String run) {}

    private static Checkpoint noised(Checkpoint plain) {
        Parameters left = Parameters.of(LAYOUT, 9, 8, 7, 6);
        return plain.with(plain.state().with(Map.of("privacy.noise.0", left, "privacy.noise.rest.0", left)));
    }

    @Test
    void runsDoNotKnowEachOther() {
        String first = newRun(spec(3));
        String second = newRun(spec(3));

        store().save(first, checkpoint(1));
        store().save(second, checkpoint(2));

        assertThat(store().latest(first)).hasValue(checkpoint(1));
        assertThat(store().latest(second)).hasValue(checkpoint(2));
    }

    @Test
    void eachKindOfEventIsTaken() {
        String run = newRun(spec(3));
        store().save(run, checkpoint(1));

        for (RunEvent event : List.of(new RunEvent.Waiting(2, new TreeSet<>(List.of("a"))),
                new RunEvent.ClientDescribed("a", 10, 2), new RunEvent.ClientRefused("c", "no"),
                new RunEvent.RoundStarted(1, 1, new TreeSet<>(List.of("a", "b"))), new RunEvent.ClientAsked(1, "b"),
                new RunEvent.RoundEvaluated(record(1)),
                new RunEvent.ClientAnswered(1, "a", RunEvent.Phase.FIT, new Traffic(1, 2)),
                new RunEvent.ClientFailed(1, "b", "diverged"), new RunEvent.UpdateDiscarded(1, "b", "NaN"),
                new RunEvent.RoundAbandoned(1, 1, "got 1 update, needs 2"), new RunEvent.RoundCommitted(record(1)),
                new RunEvent.Closed(checkpoint(1).closing()), new RunEvent.Failed("why"), new RunEvent.Stopped(1),
                new RunEvent.Finished(1, "done"))) {
            store().append(run, event);
        }

        assertThat(afterRestart().latest(run)).as("events leave the checkpoint alone").hasValue(checkpoint(1));
    }

    @Test
    void anotherLoopGoesOnWhereTheFirstStopped() throws InterruptedException {
        String run = newRun(spec(4));
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b");
        RunLoop first = loop(run, fleet, store());
        fleet.beforeAsking(() -> {
            if (fleet.asked().size() == 2 + 4) { // after the roll call and one round
                Thread.currentThread().interrupt();
            }
        });
        try {
            first.run();
            throw new AssertionError("the loop was not interrupted");
        } catch (InterruptedException interrupted) {
            assertThat(afterRestart().latest(run).orElseThrow().state().round()).isEqualTo(2);
        }

        RunEvent end = loop(run, new ScriptedFleet().with("a", "b"), afterRestart()).run();

        assertThat(end).isEqualTo(new RunEvent.Finished(4, "all 4 rounds are done"));
        Checkpoint last = afterRestart().latest(run).orElseThrow();
        assertThat(last.state().parameters().toArray()).containsOnly(4);
        assertThat(last.history()).extracting(RoundRecord::round).containsExactly(1, 2, 3, 4);
    }

    private static RunLoop loop(String run, Fleet fleet, Store store) {
        return new RunLoop(run, spec(4), fleet, store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }
}
