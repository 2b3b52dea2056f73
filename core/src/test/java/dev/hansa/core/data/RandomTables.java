package dev.hansa.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded tables for tests: two numbers of very different size and a category, with a number or a class as label. */
public final class RandomTables {
    private static final Column AGE = new Column.Number("age", "years");
    private static final Column RATIO = new Column.Number("ratio", "");
    private static final Column COLOUR = new Column.Category("colour", "", List.of("red", "green", "blue"));

    /** Features and a number that depends on them linearly, with noise. */
    public static final Schema REGRESSION = new Schema(List.of(AGE, RATIO, COLOUR), new Column.Number("price", "EUR"));

    /** The same features and two classes. */
    public static final Schema CLASSES = new Schema(List.of(AGE, RATIO, COLOUR),
            new Column.Category("sold", "", List.of("no", "yes")));

    private RandomTables() {}

    /** So many rows, none of them held out. */
    public static Table of(Schema schema, int rows, long seed) {
        return of(schema, rows, seed, Integer.MAX_VALUE);
    }

    /** So many rows; the first and every nth after it are held out. */
    public static Table of(Schema schema, int rows, long seed, int holdOutEvery) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] features = new double[3][rows];
        double[] labels = new double[rows];
        boolean[] heldOut = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            features[0][row] = 20 + 60 * random.nextDouble();
            features[1][row] = random.nextDouble();
            features[2][row] = random.nextInt(3);
            double price = 100_000 + 2_000 * features[0][row] + 50_000 * features[1][row] + 9_000 * features[2][row]
                    + 5_000 * (random.nextDouble() - 0.5);
            labels[row] = schema.classification() ? (price > 230_000 ? 1 : 0) : price;
            heldOut[row] = holdOutEvery < Integer.MAX_VALUE && row % holdOutEvery == 0;
        }
        return new Table(schema, features, labels, heldOut);
    }

    /** The rows of all tables, one table after the other. */
    public static Table pooled(List<Table> tables) {
        Schema schema = tables.get(0).schema();
        int width = schema.features().size();
        double[][] features = new double[width][];
        for (int f = 0; f < width; f++) {
            int feature = f;
            features[f] = tables.stream().flatMapToDouble(table -> Arrays.stream(table.features()[feature])).toArray();
        }
        double[] labels = tables.stream().flatMapToDouble(table -> Arrays.stream(table.labels())).toArray();
        boolean[] heldOut = new boolean[labels.length];
        int row = 0;
        for (Table table : tables) {
            System.arraycopy(table.heldOut(), 0, heldOut, row, table.rows());
            row += table.rows();
        }
        return new Table(schema, features, labels, heldOut);
    }
}
