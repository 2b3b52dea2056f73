package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rounds whose evaluation tells of classes. */
class DetailedEvaluationTest extends RunLoopFixture {
    /** Of two rows in each of two classes, one of each taken for the first. */
    private static final Map<String, Double> COUNTS = Map.of("class.000.rows", 2.0, "class.001.rows", 2.0,
            "class.000.predicted", 2.0, "class.001.predicted", 2.0, "class.000.correct", 1.0, "class.001.correct", 1.0,
            "confusion.000.000", 1.0, "confusion.000.001", 1.0, "confusion.001.000", 1.0, "confusion.001.001", 1.0);

    private static RunSpec spec(String... metrics) {
        RunSpec plain = spec(1, 3, 2);
        return new RunSpec(plain.name(), plain.purpose(), plain.data(), plain.model(), plain.strategy(),
                Compression.NONE, 1, plain.cohort(), new Evaluation(1, new TreeSet<>(List.of(metrics)), 20),
                plain.stop(), plain.seed());
    }

    private static Report evaluated(Map<String, Double> counts) {
        Map<String, Double> sums = new HashMap<>(counts);
        sums.putAll(Map.of(Sums.EXAMPLES, 4.0, Sums.LOSS, 8.0, Sums.CORRECT, 2.0));
        return new Report.Evaluated(Sums.of(sums));
    }

    @Test
    void clientsAreAskedForWhatTheMetricsNeedAndTheRecordTellsThem() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", answering(Task.Evaluate.class, evaluated(COUNTS)))
                .with("b", answering(Task.Evaluate.class, evaluated(COUNTS))).with("c");
        run(spec(Metrics.F1, Evaluation.CONFUSION, Metrics.PERPLEXITY), fleet);

        assertThat(fleet.asked().stream().filter(Task.Evaluate.class::isInstance))
                .allMatch(task -> ((Task.Evaluate) task).detail().equals(new Detail(true, true, 0, 0)));
        RoundRecord round = end().history().get(0);
        assertThat(round.evaluation().get(Metrics.F1)).hasValue(0.5);
        assertThat(round.evaluation().get(Metrics.PERPLEXITY)).hasValue(Math.exp(2));
        assertThat(round.evaluation().get("confusion.000.001")).hasValue(2);
        assertThat(round.evaluation().get(Metrics.DETAILED)).as("c tells sums over all its rows alone").hasValue(8);
        assertThat(round.evaluation().get(Metrics.EXAMPLES)).hasValue(12);
        assertThat(round.evaluation().get(Metrics.BALANCED_ACCURACY)).as("nobody asked for it").isEmpty();
        assertThat(round.clients().get("a").evaluation().values()).containsKey(Metrics.F1)
                .doesNotContainKey("confusion.000.001");
        assertThat(round.clients().get("c").evaluation().values()).containsKey(Metrics.ACCURACY)
                .doesNotContainKey(Metrics.F1);
    }

    @Test
    void whoTellsMoreThanItWasAskedOrWhatDoesNotAddUpIsNotCounted() throws InterruptedException {
        Map<String, Double> wrong = new HashMap<>(COUNTS);
        wrong.put("class.000.rows", 3.0);
        run(spec(Metrics.F1, Evaluation.CONFUSION), new ScriptedFleet().with("a", "b")
                .with("c", answering(Task.Evaluate.class, evaluated(wrong))));
        assertThat(events(RunEvent.ClientFailed.class)).singleElement().extracting(RunEvent.ClientFailed::reason)
                .asString().startsWith("its sums cannot be those of examples");

        events.clear();
        MemoryStore other = new MemoryStore(events::add);
        new RunLoop("other", spec(Metrics.F1), new ScriptedFleet().with("a", "b")
                .with("c", answering(Task.Evaluate.class, evaluated(COUNTS))), other, Clock.systemUTC()).run();
        assertThat(events(RunEvent.ClientFailed.class)).singleElement().extracting(RunEvent.ClientFailed::reason)
                .asString().startsWith("it tells of confusion.").endsWith("which was not asked for");
        assertThat(other.latest("other").orElseThrow().history().get(0).evaluation().get(Metrics.EXAMPLES)).hasValue(8);
    }

    @Test
    void eachMetricAsksForItsPart() {
        assertThat(new Evaluation(1).detail()).isEqualTo(Detail.NONE);
        assertThat(asked(Metrics.LOG_LOSS, Metrics.PERPLEXITY)).isEqualTo(Detail.NONE);
        assertThat(asked(Metrics.BALANCED_ACCURACY)).isEqualTo(new Detail(true, false, 0, 0));
        assertThat(asked(Metrics.AUC)).isEqualTo(new Detail(false, false, 50, 0));
        assertThat(asked(Metrics.CALIBRATION_ERROR, Evaluation.CONFUSION)).isEqualTo(new Detail(true, true, 0, 50));
        assertThatIllegalArgumentException().isThrownBy(() -> asked("accuracy"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Evaluation(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Evaluation(1, new TreeSet<>(), 201));
    }

    private static Detail asked(String... metrics) {
        return new Evaluation(1, new TreeSet<>(List.of(metrics)), 50).detail();
    }

    @Test
    void ofANumberThereAreNoClassesToCount() {
        RunSpec plain = spec(Metrics.F1);
        DataSpec numbers = new DataSpec("rows", new Schema(List.of(new Column.Number("x", "")),
                new Column.Number("y", "")), new HoldOut.None(), true);
        assertThatIllegalArgumentException().isThrownBy(() -> new RunSpec("r", "", numbers, new ModelSpec.Linear(),
                plain.strategy(), Compression.NONE, 1, plain.cohort(), plain.evaluation(), plain.stop(), plain.seed()))
                .withMessageContaining("the label is a number");
    }
}
