package dev.hansa.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableStatisticsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void statisticsOfClientsAddUpToThoseOfTheirPooledRows(long seed) {
        List<Table> clients = IntStream.range(0, 5)
                .mapToObj(client -> RandomTables.of(RandomTables.REGRESSION, 10 + 30 * client, 100 * seed + client, 5))
                .toList();

        TableStatistics federated = clients.stream().map(TableStatistics::of).reduce(TableStatistics.NONE,
                TableStatistics::plus);

        Table pooled = RandomTables.pooled(clients);
        int[] rows = pooled.rows(false);
        assertThat(federated.trainingRows()).isEqualTo(rows.length);
        assertThat(federated.heldOutRows()).isEqualTo(pooled.rows() - rows.length);
        assertMeanAndDeviation(federated.columns().get("age"), pooled.features()[0], rows);
        assertMeanAndDeviation(federated.columns().get("ratio"), pooled.features()[1], rows);
        assertMeanAndDeviation(federated.columns().get("price"), pooled.labels(), rows);
    }

    private static void assertMeanAndDeviation(ColumnStatistics federated, double[] values, int[] rows) {
        double mean = IntStream.of(rows).mapToDouble(row -> values[row]).average().orElseThrow();
        double variance = IntStream.of(rows).mapToDouble(row -> Math.pow(values[row] - mean, 2)).average()
                .orElseThrow();
        assertThat(federated.mean()).isCloseTo(mean, within(1e-12 * mean));
        assertThat(federated.deviation()).isCloseTo(Math.sqrt(variance), within(1e-9 * mean));
    }

    @Test
    void categoriesHaveNoStatistics() {
        assertThat(TableStatistics.of(RandomTables.of(RandomTables.CLASSES, 9, 1)).columns())
                .containsOnlyKeys("age", "ratio");
        assertThat(TableStatistics.numberColumns(RandomTables.CLASSES)).containsExactly("age", "ratio");
        assertThat(TableStatistics.numberColumns(RandomTables.REGRESSION)).containsExactly("age", "price", "ratio");
    }

    @Test
    void heldOutRowsAreCountedButNotSummed() {
        Schema schema = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
        Table table = new Table(schema, new double[][]{{1, 2, 4}}, new double[]{10, 20, 40},
                new boolean[]{false, true, false});

        TableStatistics statistics = TableStatistics.of(table);

        assertThat(statistics.trainingRows()).isEqualTo(2);
        assertThat(statistics.heldOutRows()).isEqualTo(1);
        assertThat(statistics.columns()).containsEntry("x", new ColumnStatistics(2, 5, 17)).containsEntry("y",
                new ColumnStatistics(2, 50, 1700));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, -7.3, 1e9 + 0.1, 1e-9})
    void constantColumnHasNoDeviationHoweverItIsSplit(double value) {
        for (int clients = 1; clients <= 50; clients++) {
            ColumnStatistics total = new ColumnStatistics(0, 0, 0);
            for (int client = 0; client < clients; client++) {
                int rows = 1 + client % 7;
                total = total.plus(new ColumnStatistics(rows, rows * value, rows * value * value));
            }
            assertThat(total.deviation()).as("%s clients", clients).isZero();
        }
    }

    @Test
    void smallDeviationOfLargeNumbersIsNotTakenForNone() {
        CompensatedSum sum = new CompensatedSum();
        CompensatedSum squares = new CompensatedSum();
        for (int minute = 0; minute < 1000; minute++) { // seconds since 1970
            double time = 1.7e9 + 60.0 * minute;
            sum.add(time);
            squares.add(time * time);
        }

        double deviation = new ColumnStatistics(1000, sum.value(), squares.value()).deviation();

        assertThat(deviation).isCloseTo(60 * Math.sqrt((1000.0 * 1000 - 1) / 12), within(1.0));
    }

    @Test
    void noRowsHaveMeanAndDeviationZero() {
        ColumnStatistics none = new ColumnStatistics(0, 0, 0);

        assertThat(none.mean()).isZero();
        assertThat(none.deviation()).isZero();
    }

    @Test
    void overflowShows() {
        Schema schema = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
        Table huge = new Table(schema, new double[][]{{1e200}}, new double[]{1}, new boolean[1]);

        assertThat(TableStatistics.of(huge).isFinite()).isFalse();
        assertThat(TableStatistics.of(RandomTables.of(RandomTables.REGRESSION, 3, 1)).isFinite()).isTrue();
    }
}
