package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.aggregate.robust.Bucketing;
import dev.hansa.core.aggregate.robust.TrustedRows;
import dev.hansa.core.coordinator.BestRound;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.Evaluation.Central;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Strategies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs with rows of the coordinator's own, by hand as in {@link GoldenRoundsTest}: client a moves from 0 to 0.75, b to -1.5,
 * and all rows together to 0.1875.
 */
@Timeout(60)
class OwnRowsTest {
    private static final Combination AVERAGING =
            Strategies.fedAvg(new LocalTraining(2, LocalTraining.FULL_BATCH, 0.5, 0, 0, false), Weighting.EXAMPLES);
    private static final Map<String, Table> TEST = Map.of("test", GoldenRoundsTest.table(4, 2));

    private static RunSpec spec(int rounds, String best, StopRule stop, boolean alone) {
        RunSpec plain = GoldenRoundsTest.spec(AVERAGING, rounds);
        return new RunSpec(plain.name(), plain.purpose(), plain.data(), plain.model(), plain.strategy(),
                plain.compression(), rounds, plain.cohort(),
                new Evaluation(1, new TreeSet<>(), 20, Optional.of(best), Optional.of(new Central("test", alone))),
                stop,
                plain.seed());
    }

    private static Checkpoint run(RunSpec spec, Map<String, Table> own) throws InterruptedException {
        MemoryStore store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(Simulation.clients(GoldenRoundsTest.TABLES), 2)) {
            RunEvent end = new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK, own).run();
            assertThat(end).isInstanceOf(RunEvent.Finished.class);
        }
        return store.latest(Simulation.RUN).orElseThrow();
    }

    @Test
    void eachRoundsModelIsMeasuredOnThem() throws InterruptedException {
        RoundRecord round = run(spec(1, "central.rmse", StopRule.NEVER, true), TEST).history().get(0);

        assertThat(round.central().get(Metrics.EXAMPLES)).hasValue(4);
        assertThat(round.central().get(Metrics.RMSE).orElseThrow()).as("they say 2, the model 0.1875")
                .isCloseTo(1.8125, within(1e-6));
        assertThat(round.evaluation()).as("nobody else holds out rows, or is asked").isEqualTo(Metrics.NONE);
        assertThat(round.measured("central.rmse")).isEqualTo(round.central().get("rmse"));
        assertThat(round.measured("rmse")).isEmpty();
    }

    @Test
    void theyTellTheBestRoundAndEndTheRun() throws InterruptedException {
        StopRule stop = new StopRule(Optional.of(new StopRule.Target("central.mae", 1.8126)), Optional.empty());
        RunSpec spec = spec(5, "central.rmse", stop, true);
        Checkpoint end = run(spec, TEST);

        assertThat(end.state().round()).as("1.8125 is reached at once").isEqualTo(1);
        assertThat(spec.evaluation().best(end.history())).map(BestRound::round).hasValue(1);
        assertThat(end.best()).isEqualTo(1);
    }

    @Test
    void whatTheRunAsksForMustBeThere() {
        RunSpec spec = spec(1, "central.rmse", StopRule.NEVER, true);
        assertThat(spec.ownRows()).containsExactly("test");
        assertThatIllegalArgumentException().isThrownBy(() -> run(spec, Map.of()))
                .withMessageContaining("called test, and there are none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(spec, Map.of("test", TEST.get("test").select(new int[0]))));
    }

    /** Cao et al., NDSS 2021: b points the other way and is left out; a is made as long as the trusted update. */
    @Test
    void updatesCountAsFarAsTheyPointWhereTrainingOnTrustedRowsDoes() throws InterruptedException {
        assertThat(trusting(1, 1, "clean")).as("rows that say 1 go to 0.75, as a does").isEqualTo(0.75f);
        assertThat(trusting(1, 0.5, "clean")).as("rows that say ½ go to 0.375").isEqualTo(0.375f);
        assertThat(trusting(1, -0.5, "clean")).as("b is the one to be trusted").isEqualTo(-0.375f);
        assertThat(trusting(2, 1, "clean")).as("the coordinator trains anew from each model").isEqualTo(0.9375f);
    }

    @Test
    void theMeansOfBucketsAreTrustedTheSameWay() throws InterruptedException {
        RunSpec spec = GoldenRoundsTest.spec(AVERAGING, 1)
                .with(AVERAGING.aggregating(new Bucketing(1, new TrustedRows("clean"), new Seed(3))));
        assertThat(spec.ownRows()).containsExactly("clean");
        assertThat(run(spec, Map.of("clean", GoldenRoundsTest.table(2, 1))).state().parameters().get(1))
                .isEqualTo(0.75f);
    }

    private static float trusting(int rounds, double label, String rows) throws InterruptedException {
        RunSpec spec = GoldenRoundsTest.spec(AVERAGING.aggregating(new TrustedRows(rows)), rounds);
        return run(spec, Map.of(rows, GoldenRoundsTest.table(2, label))).state().parameters().get(1);
    }

    /** The round ends at (0.75 - 1.5) / 2; from there a halves its distance to 1 twice, b to -2. */
    @Test
    void theCrossSiteMatrixHasEachModelOnEachClientsHeldOutRows() throws InterruptedException {
        RunSpec plain = GoldenRoundsTest.spec(AVERAGING, 1);
        RunSpec spec = new RunSpec(plain.name(), plain.purpose(),
                new DataSpec("rows", plain.data().schema(), new HoldOut.Every(2), false), plain.model(),
                plain.strategy(), plain.compression(), 1, plain.cohort(),
                new Evaluation(1, new TreeSet<>(), 20, Optional.empty(), Optional.empty(), true), plain.stop(),
                plain.seed());
        MemoryStore store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(Simulation.clients(
                Map.of("a", GoldenRoundsTest.table(4, 1), "b", GoldenRoundsTest.table(4, -2))), 2)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK).run();
        }

        Closing closing = store.latest(Simulation.RUN).orElseThrow().closing();
        assertThat(rmse(closing, "a", "a")).isCloseTo(0.34375, within(1e-6));
        assertThat(rmse(closing, "a", "b")).isCloseTo(2.65625, within(1e-6));
        assertThat(rmse(closing, "b", "a")).isCloseTo(2.59375, within(1e-6));
        assertThat(rmse(closing, "b", "b")).isCloseTo(0.40625, within(1e-6));
    }

    private static double rmse(Closing closing, String model, String rows) {
        return closing.crossSite().get(model).get(rows).get(Metrics.RMSE).orElseThrow();
    }

    @Test
    void bothKindsOfRowsAreAskedForByName() {
        RunSpec spec = spec(1, "central.rmse", StopRule.NEVER, true)
                .with(AVERAGING.aggregating(new TrustedRows("clean")));
        assertThat(List.copyOf(spec.ownRows())).containsExactly("clean", "test");
    }
}
