package dev.hansa.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.data.Preprocessing.Scale;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
    private static final Schema SCHEMA = new Schema(
            List.of(new Column.Number("size", "m"), new Column.Category("colour", "", List.of("red", "green", "blue")),
                    new Column.Number("age", "years")),
            new Column.Number("price", "EUR"));
    private static final Table TABLE = new Table(SCHEMA, new double[][]{{1, 3}, {2, 0}, {40, 40}},
            new double[]{100, 300}, new boolean[2]);

    @Test
    void categoriesBecomeOneInputEach() {
        Examples examples = Preprocessing.identity(SCHEMA).apply(TABLE, new int[]{0, 1});

        assertThat(examples.width()).isEqualTo(5);
        assertThat(examples.inputs()).containsExactly(1, 0, 0, 1, 40, 3, 1, 0, 0, 40);
        assertThat(examples.targets()).containsExactly(100, 300);
    }

    @Test
    void numbersAreStandardisedAndConstantOnesMerelyCentred() {
        Preprocessing preprocessing = Preprocessing.standardising(SCHEMA, TableStatistics.of(TABLE));

        Examples examples = preprocessing.apply(TABLE, new int[]{0, 1});

        assertThat(examples.inputs()).containsExactly(-1, 0, 0, 1, 0, 1, 1, 0, 0, 0);
        assertThat(examples.targets()).containsExactly(-1, 1);
        assertThat(preprocessing.label()).isEqualTo(new Scale(200, 100));
    }

    @Test
    void rowsComeInTheOrderAsked() {
        Examples examples = Preprocessing.identity(SCHEMA).apply(TABLE, new int[]{1, 0, 1});

        assertThat(examples.targets()).containsExactly(300, 100, 300);
    }

    @Test
    void classesStayIndexes() {
        Table table = RandomTables.of(RandomTables.CLASSES, 20, 1);

        Examples examples = Preprocessing.standardising(RandomTables.CLASSES, TableStatistics.of(table)).apply(table,
                IntStream.range(0, 20).toArray());

        for (int row = 0; row < 20; row++) {
            assertThat(examples.targets()[row]).isEqualTo((float) table.labels()[row]);
        }
    }

    @Test
    void standardisedColumnsHaveMeanZeroAndDeviationOne() {
        Table table = RandomTables.of(RandomTables.REGRESSION, 500, 7);

        Examples examples = Preprocessing.standardising(RandomTables.REGRESSION, TableStatistics.of(table)).apply(table,
                table.rows(false));

        for (int column : new int[]{0, 1}) {
            double[] inputs = IntStream.range(0, 500).mapToDouble(row -> examples.inputs()[row * 5 + column]).toArray();
            double sum = IntStream.range(0, 500).mapToDouble(row -> inputs[row]).sum();
            double squares = IntStream.range(0, 500).mapToDouble(row -> inputs[row] * inputs[row]).sum();
            assertThat(sum / 500).isCloseTo(0, within(1e-6));
            assertThat(squares / 500).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void scaleInvertsItself() {
        Scale scale = new Scale(12.5, 0.3);

        assertThat(scale.invert(scale.apply(99.25))).isCloseTo(99.25, within(1e-12));
    }

    @Test
    void labelWithoutStatisticsKeepsItsUnit() {
        TableStatistics features =
                new TableStatistics(2, 0, new TreeMap<>(Map.of("age", new ColumnStatistics(2, 4, 10))));

        assertThat(Preprocessing.standardising(SCHEMA, features).label()).isEqualTo(Scale.IDENTITY);
    }

    @Test
    void tableOfAnotherSchemaIsNotTaken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.identity(RandomTables.CLASSES).apply(TABLE, new int[]{0}));
    }

    @Test
    void categoriesCannotBeScaled() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Preprocessing(RandomTables.CLASSES,
                List.of(Scale.IDENTITY, Scale.IDENTITY, Scale.IDENTITY), new Scale(0, 2)))
                .withMessageContaining("sold");
    }

    @Test
    void scaleWithoutWidthIsNotTaken() {
        for (double deviation : new double[]{0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Scale(0, deviation));
        }
    }
}
