package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedRowsTest {

    /** By the zero-one principle a network that sorts enough columns of zeros and ones sorts all. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
    void eachColumnOfZerosAndOnesIsSorted(int rows) {
        double[][] columns = new double[rows][1 << rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < 1 << rows; column++) {
                columns[row][column] = column >> row & 1;
            }
        }
        SortedRows.sort(columns, 0, 1 << rows);

        for (int column = 0; column < 1 << rows; column++) {
            for (int row = 0; row < rows; row++) {
                assertThat(columns[row][column]).isEqualTo(row < rows - Integer.bitCount(column) ? 0 : 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 64, 100, 257})
    void manyRowsAreSortedWithinTheRangeAlone(int rows) {
        ArrayVectors values = ArrayVectors.random(new SplittableRandom(rows), rows, 40);
        double[][] sorted = Arrays.stream(values.values()).map(double[]::clone).toArray(double[][]::new);
        SortedRows.sort(sorted, 3, 37);

        for (int column = 0; column < 40; column++) {
            int at = column;
            double[] expected = Arrays.stream(values.values()).mapToDouble(row -> row[at]).toArray();
            if (column >= 3 && column < 37) {
                Arrays.sort(expected);
            }
            assertThat(Arrays.stream(sorted).mapToDouble(row -> row[at])).containsExactly(
                    Arrays.stream(expected).boxed().toArray(Double[]::new));
        }
    }
}
