package dev.hansa.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.Client;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import dev.hansa.wire.Limits;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuardedStatisticsTest {
    private static final Schema SCHEMA = new Schema(List.of(), new Column.Number("age", "years"));

    private static Client client(int rows) {
        double[] ages = IntStream.range(0, rows).mapToDouble(row -> row + 1).toArray();
        return Guard.client(Map.of("people",
                spec -> new Table(spec.schema(), new double[0][], ages, new boolean[rows])), new NodeListener() {});
    }

    private static Task ask(Noise noise) {
        return new Task.Statistics("survey", new DataSpec("people", SCHEMA, new HoldOut.None(), false),
                new Question(List.of(new Asked.Numbers(0, 100, 1, 0)), noise));
    }

    @Test
    void fiveRowsAreTheFewestForStatisticsToo() throws Exception {
        assertThat(Question.FEWEST_ROWS).isEqualTo(Limits.LEAST_ROWS);
        assertThat(client(5).perform(ask(Noise.NONE))).isInstanceOfSatisfying(Report.Summed.class,
                summed -> assertThat(summed.numbers()).startsWith(5L << 30));
        assertThat(client(4).perform(ask(Noise.NONE))).isInstanceOfSatisfying(Report.Refused.class,
                refused -> assertThat(refused.reason()).contains("fewer than 5 rows").doesNotContain("4"));
    }

    @Test
    void noiseOfANodeIsNewEachTime() throws Exception {
        Client client = client(500);
        Task task = ask(new Noise(By.CLIENTS, 10, 0));

        assertThat(client.perform(task)).isNotEqualTo(client.perform(task));
        assertThat(client.perform(ask(Noise.NONE))).isEqualTo(client.perform(ask(Noise.NONE)));
    }

    @Test
    void aSetThatIsNotServedIsRefused() throws Exception {
        Task other = new Task.Statistics("survey", new DataSpec("others", SCHEMA, new HoldOut.None(), false),
                new Question(List.of(new Asked.Numbers(0, 100, 1, 0)), Noise.NONE));

        assertThat(client(9).perform(other))
                .isEqualTo(new Report.Refused("this node serves no data set called others"));
    }
}
