package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.Staleness;
import dev.hansa.core.strategy.Strategies;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which round's model is kept beside the last, whatever happens to the process. */
class BestRoundTest extends RunLoopFixture {

    private static Optional<BestRound> best(String metric, double... values) {
        List<RoundRecord> history = new ArrayList<>();
        for (double value : values) {
            Metrics evaluation = Double.isNaN(value) ? Metrics.NONE
                    : new Metrics(new TreeMap<>(Map.of(metric, value)));
            history.add(new RoundRecord(history.size() + 1, Metrics.NONE, evaluation, new TreeMap<>(), Duration.ZERO));
        }
        return by(metric).best(history);
    }

    private static Evaluation by(String metric) {
        return new Evaluation(1, new TreeSet<>(), 20, Optional.of(metric), Optional.empty());
    }

    @Test
    void itKnowsWhichWayIsBetter() {
        assertThat(best(Metrics.RMSE, 5, 3, 4)).hasValue(new BestRound(2, Metrics.RMSE, 3));
        assertThat(best(Metrics.ACCURACY, 0.5, 0.3, 0.4)).hasValue(new BestRound(1, Metrics.ACCURACY, 0.5));
    }

    @Test
    void ofEqualRoundsTheFirstIsTheBest() {
        assertThat(best(Metrics.LOSS, 5, 3, 3)).hasValue(new BestRound(2, Metrics.LOSS, 3));
    }

    @Test
    void roundsThatWereNotMeasuredAreNoCandidates() {
        assertThat(best(Metrics.LOSS, Double.NaN, 3, Double.NaN)).hasValue(new BestRound(2, Metrics.LOSS, 3));
        assertThat(best(Metrics.LOSS)).isEmpty();
        assertThat(best(Metrics.LOSS, Double.NaN)).isEmpty();
        assertThat(new Evaluation(1).best(List.of())).as("nothing to judge by").isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> by("recall"));
    }

    @Test
    void theModelOfTheBestRoundIsKeptBesideTheLast() throws InterruptedException {
        run(spec(), fleet());

        assertThat(end().best()).isEqualTo(3);
        Checkpoint best = store.best("run").orElseThrow();
        assertThat(best.state().round()).isEqualTo(3);
        assertThat(best.state().parameters().toArray()).as("each round adds one").containsOnly(3);
        assertThat(best.history()).hasSize(3);
        assertThat(end().state().parameters().toArray()).containsOnly(5);
    }

    @Test
    void aRunThatIsKilledAfterEachRoundKeepsTheSameBest() throws InterruptedException {
        run(spec(), fleet());
        MemoryStore disk = new MemoryStore(event -> {});
        for (int life = 0; life <= 5; life++) {
            assertThatExceptionOfType(FederationException.class).isThrownBy(() -> new RunLoop("run", spec(), fleet(),
                    new DyingStore(disk), Clock.systemUTC()).run());
        }

        assertThat(disk.latest("run").orElseThrow().state()).isEqualTo(end().state());
        assertThat(disk.best("run").orElseThrow().state()).isEqualTo(store.best("run").orElseThrow().state());
    }

    @Test
    void aModelThatWasMeasuredLaterIsKeptTooWhenItWasTheBest() throws InterruptedException {
        RunSpec rounds = spec();
        run(rounds.with(Strategies.fedBuff(new LocalTraining(1, 0, 0.1, 0, 0, false), 1, 2,
                new Staleness.Constant())), fleet());

        assertThat(end().best()).isBetween(2, 4);
        Checkpoint best = store.best("run").orElseThrow();
        assertThat(best.state().round()).isEqualTo(end().best());
        assertThat(best.state().parameters().toArray()).as("each step adds one").containsOnly(end().best());
    }

    private static RunSpec spec() {
        RunSpec plain = spec(5, 2, 2);
        return new RunSpec(plain.name(), plain.purpose(), plain.data(), plain.model(), plain.strategy(),
                plain.compression(), plain.rounds(), plain.cohort(), by(Metrics.LOSS), plain.stop(), plain.seed());
    }

    /** Whose loss falls until the model is 3, and rises from then on. */
    private static ScriptedFleet fleet() {
        Function<Task, Optional<Report>> client = task -> Optional.of(task instanceof Task.Evaluate evaluate
                ? new Report.Evaluated(Sums.of(Map.of(Sums.EXAMPLES, 1.0,
                        Sums.LOSS, 1 + Math.abs(evaluate.parameters().toArray()[0] - 3.0), Sums.CORRECT, 1.0)))
                : ScriptedFleet.obey(task));
        return new ScriptedFleet().with("a", client).with("b", client);
    }
}
