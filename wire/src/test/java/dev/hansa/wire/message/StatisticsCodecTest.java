package dev.hansa.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import dev.hansa.wire.Limits;
import dev.hansa.wire.proto.Task.Statistics;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatisticsCodecTest {
    private static final DataSpec DATA = new DataSpec("people",
            new Schema(List.of(new Column.Number("age", "years"), new Column.Number("height", "cm")),
                    new Column.Category("sex", "", List.of("f", "m"))),
            new HoldOut.None(), false);
    private static final DataSpec ALONE =
            new DataSpec("people", new Schema(List.of(), new Column.Number("age", "")), new HoldOut.None(), false);
    private static final List<Asked> ASKED = List.of(new Asked.Numbers(0, 120, 2, 12),
            new Asked.Numbers(-0.5, 2.5e3, 0, 1000), new Asked.Categories(2));
    private static final Task.Statistics TASK =
            new Task.Statistics("survey-1", DATA, new Question(ASKED, new Noise(By.CLIENTS, 2.5, 0)));

    static Stream<Task> tasks() {
        return Stream.of(TASK, new Task.Statistics("s", DATA, new Question(ASKED, Noise.NONE)),
                new Task.Statistics("s", DATA, new Question(ASKED, new Noise(By.COORDINATOR, 1e3, 500))),
                new Task.Statistics("s", ALONE, new Question(List.of(new Asked.Numbers(0, 1, 1, 0)), Noise.NONE)));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aQuestionComesBackAsItWasSent(Task task) {
        assertThat(decode(encode(task))).isEqualTo(task);
    }

    private static dev.hansa.wire.proto.Task encode(Task task) {
        return TaskCodec.encode("t-1", task, parameters -> {
            throw new AssertionError("a question has no model");
        });
    }

    private static Task decode(dev.hansa.wire.proto.Task message) {
        return TaskCodec.decode(message, blob -> {
            throw new AssertionError("a question has no model");
        });
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                defect("statistics.columns: found 2 entries, expected 3", task -> task.removeColumns(2)),
                defect("statistics.columns[0]: the bounds are 7.0 and 7.0, expected two finite numbers",
                        task -> task.getColumnsBuilder(0).getNumbersBuilder().setLow(7).setHigh(7)),
                defect("statistics.columns[0]: the bounds are NaN",
                        task -> task.getColumnsBuilder(0).getNumbersBuilder().setLow(Double.NaN)),
                defect("statistics.columns[1]: rows are counted in 1001 cells",
                        task -> task.getColumnsBuilder(1).getNumbersBuilder().setCells(1001)),
                defect("statistics.columns[1].moments: found 4294967295",
                        task -> task.getColumnsBuilder(1).getNumbersBuilder().setMoments(-1)),
                defect("statistics.columns[0]: asks nothing of the column age, which has no categories",
                        task -> task.getColumnsBuilder(0).clearNumbers()),
                defect("statistics: the column sex is asked for", task -> task.getColumnsBuilder(2).getNumbersBuilder()
                        .setHigh(1)),
                defect("statistics.noise.multiplier: found 0.0", task -> task.getNoiseBuilder().setMultiplier(0)),
                defect("statistics.noise.multiplier: found 1.0E-300",
                        task -> task.getNoiseBuilder().setMultiplier(1e-300)),
                defect("statistics.noise: multiplier is 2.0E7",
                        task -> task.getNoiseBuilder().setMultiplier(2e7)),
                defect("statistics.noise.rows_per_node: found 4294967295",
                        task -> task.getNoiseBuilder().setRowsPerNode(-1)));
    }

    private static Arguments defect(String message, Consumer<Statistics.Builder> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void aMalformedQuestionIsRefusedByField(String message, Consumer<Statistics.Builder> change) {
        dev.hansa.wire.proto.Task.Builder task = encode(TASK).toBuilder();
        change.accept(task.getStatisticsBuilder());

        assertThatThrownBy(() -> decode(task.build())).isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void theLargestAnswerFitsIntoAMessage() {
        Report.Summed largest = new Report.Summed(
                LongStream.generate(() -> Long.MIN_VALUE).limit(Question.MOST_NUMBERS).toArray());

        dev.hansa.wire.proto.Report message = ReportCodec.encode(largest, blob -> {
            throw new AssertionError();
        });

        assertThat(message.getSerializedSize()).isLessThan(Limits.MESSAGE_BYTES / 2);
        assertThat(ReportCodec.decode(message, blob -> {
            throw new AssertionError();
        })).isEqualTo(largest);
        assertThatThrownBy(() -> ReportCodec.decode(
                message.toBuilder().setSummed(message.getSummed().toBuilder().addNumbers(1)).build(), blob -> {
                    throw new AssertionError();
                })).hasMessageStartingWith("summed.numbers: found 10001 entries");
    }
}
