package dev.hansa.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")),
            new Column.Category("kind", "", List.of("a", "b")));

    @Test
    void selectedRowsKeepTheirMarks() {
        Table table = new Table(SCHEMA, new double[][]{{1, 2, 3}}, new double[]{0, 1, 0},
                new boolean[]{true, false, true});

        Table selected = table.select(new int[]{2, 1});

        assertThat(selected.features()[0]).containsExactly(3, 2);
        assertThat(selected.labels()).containsExactly(0, 1);
        assertThat(selected.heldOut()).containsExactly(true, false);
        assertThat(table.rows(true)).containsExactly(0, 2);
        assertThat(table.rows(false)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersAreFinite(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table(SCHEMA, new double[][]{{1, value}}, new double[2], new boolean[2]))
                .withMessage("row 1 of column x holds no finite number");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 2, 0.5, Double.NaN})
    void categoriesAreIndexesAndTheMessageDoesNotTellTheValue(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table(SCHEMA, new double[][]{{1, 1}}, new double[]{0, value}, new boolean[2]))
                .withMessage("row 1 of column kind holds no index below 2");
    }

    @Test
    void columnsAreEquallyLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table(SCHEMA, new double[][]{{1}}, new double[2], new boolean[2]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table(SCHEMA, new double[][]{{1, 2}}, new double[2], new boolean[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table(SCHEMA, new double[][]{}, new double[2], new boolean[2]));
    }

    @Test
    void schemaCountsInputsAndOutputs() {
        assertThat(RandomTables.REGRESSION.inputs()).isEqualTo(5);
        assertThat(RandomTables.REGRESSION.outputs()).isEqualTo(1);
        assertThat(RandomTables.CLASSES.outputs()).isEqualTo(2);
    }

    @Test
    void schemaNamesEachColumnOnceAndToLearnAtLeastOneFeature() {
        Column x = new Column.Number("x", "");
        assertThatIllegalArgumentException().isThrownBy(() -> new Schema(List.of(x), x))
                .withMessageContaining("x twice");
        assertThatIllegalArgumentException().isThrownBy(() -> new Schema(List.of(), x).toLearn())
                .withMessageContaining("no feature");
    }
}
