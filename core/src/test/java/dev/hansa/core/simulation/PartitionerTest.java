package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionerTest {

    @ParameterizedTest
    @CsvSource({"1,1", "7,1", "7,7", "100,3", "103,10", "1000,100"})
    void iidDealsEachRowOnceAndEvenly(int rows, int clients) {
        for (int seed = 0; seed < 10; seed++) {
            SortedMap<String, int[]> parts = new Partitioner.Iid(clients, new Seed(seed)).rows(rows);

            assertThat(parts).hasSize(clients);
            assertThat(parts.values().stream().flatMapToInt(Arrays::stream).sorted().toArray())
                    .isEqualTo(IntStream.range(0, rows).toArray());
            assertThat(parts.values()).allSatisfy(
                    part -> assertThat(part).isSorted().hasSizeBetween(rows / clients, (rows + clients - 1) / clients));
        }
    }

    @Test
    void iidShufflesByItsSeed() {
        int[] dealt = new Partitioner.Iid(2, new Seed(1)).rows(100).get("client-1");

        assertThat(dealt).isNotEqualTo(IntStream.range(0, 50).map(i -> 2 * i).toArray());
        assertThat(new Partitioner.Iid(2, new Seed(1)).rows(100).get("client-1")).isEqualTo(dealt);
        assertThat(new Partitioner.Iid(2, new Seed(2)).rows(100).get("client-1")).isNotEqualTo(dealt);
    }

    @Test
    void namesSortAsTheirNumbers() {
        assertThat(new Partitioner.Iid(10, new Seed(1)).rows(10)).containsOnlyKeys("client-01", "client-02",
                "client-03", "client-04", "client-05", "client-06", "client-07", "client-08", "client-09", "client-10");
    }

    @Test
    void clientWithoutRowsIsNotMade() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Partitioner.Iid(4, new Seed(1)).rows(3))
                .withMessageContaining("cannot deal 3 rows to 4 clients");
        assertThatIllegalArgumentException().isThrownBy(() -> new Partitioner.Iid(0, new Seed(1)));
    }

    @Test
    void eachValueIsAClient() {
        SortedMap<String, int[]> parts = new Partitioner.ByValue(List.of("24", " 1", "24 ", "", "1")).rows(5);

        assertThat(parts).containsOnlyKeys("(none)", "1", "24");
        assertThat(parts.get("24")).containsExactly(0, 2);
        assertThat(parts.get("1")).containsExactly(1, 4);
        assertThat(parts.get("(none)")).containsExactly(3);
        assertThatIllegalArgumentException().isThrownBy(() -> new Partitioner.ByValue(List.of("a")).rows(2));
    }

    @Test
    void partsAreTablesOfTheirRows() {
        Table table = RandomTables.of(RandomTables.REGRESSION, 4, 1);

        SortedMap<String, Table> parts = new Partitioner.ByValue(List.of("b", "a", "b", "a")).split(table);

        assertThat(parts.get("a").labels()).containsExactly(table.labels()[1], table.labels()[3]);
        assertThat(parts.get("b").features()[0]).containsExactly(table.features()[0][0], table.features()[0][2]);
    }

    @Test
    void sourceHoldsOutRowsOfItsOwn() {
        Table table = RandomTables.of(RandomTables.REGRESSION, 5, 1, 4);

        assertThat(read(table, new HoldOut.Every(2))).containsExactly(true, false, true, false, true);
        assertThat(read(table, new HoldOut.None())).containsOnly(false);
        assertThat(read(table, new HoldOut.Marked("part", "test"))).isEqualTo(table.heldOut());
    }

    private static boolean[] read(Table table, HoldOut holdOut) {
        return new TableSource(table).read(new DataSpec("set", table.schema(), holdOut, true)).heldOut();
    }

    @Test
    void sourceHasOneSchema() {
        TableSource source = new TableSource(RandomTables.of(RandomTables.REGRESSION, 5, 1));

        assertThatExceptionOfType(DataException.class).isThrownBy(
                () -> source.read(new DataSpec("set", RandomTables.CLASSES, new HoldOut.None(), true)));
    }
}
