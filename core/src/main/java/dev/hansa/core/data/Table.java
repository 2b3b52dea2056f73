package dev.hansa.core.data;

import java.util.stream.IntStream;

/**
 * Raw rows of one client, column by column in the order of a {@link Schema}: numbers as they are, categories as their
 * index.
 *
 * <p>The arrays are taken over and handed out without a copy: a table may be large, and nobody changes one.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Table(Schema schema, double[][] features, double[] labels, boolean[] heldOut) {

    public Table {
        if (features.length != schema.features().size()) {
            throw new IllegalArgumentException(
                    "got " + features.length + " columns, the schema has " + schema.features().size());
        }
        if (heldOut.length != labels.length) {
            throw new IllegalArgumentException(
                    "got " + heldOut.length + " hold-out marks for " + labels.length + " rows");
        }
        for (double[] column : features) {
            if (column.length != labels.length) {
                throw new IllegalArgumentException(
                        "got a column of " + column.length + " rows beside " + labels.length + " labels");
            }
        }
    }

    /** The number of rows. */
    public int rows() {
        return labels.length;
    }

    /** The indexes of the rows that are (or are not) held out, ascending. */
    public int[] rows(boolean held) {
        return IntStream.range(0, labels.length).filter(row -> heldOut[row] == held).toArray();
    }

    /** The given rows, in the given order. */
    public Table select(int[] rows) {
        double[][] columns = new double[features.length][];
        for (int column = 0; column < columns.length; column++) {
            double[] source = features[column];
            columns[column] = IntStream.of(rows).mapToDouble(row -> source[row]).toArray();
        }
        boolean[] marks = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            marks[i] = heldOut[rows[i]];
        }
        return new Table(schema, columns, IntStream.of(rows).mapToDouble(row -> labels[row]).toArray(), marks);
    }
}
