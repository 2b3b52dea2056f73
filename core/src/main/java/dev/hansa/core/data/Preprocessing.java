package dev.hansa.core.data;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How raw rows become model inputs, and model outputs values in the label's unit: the same at every client and, carried
 * by the model file, wherever the model is used.
 *
 * @param schema   the raw columns
 * @param features a scale for each feature of the schema, in its order ({@link Scale#IDENTITY} for all but numbers)
 * @param label    the label's scale ({@link Scale#IDENTITY} for classes)
 */
public record Preprocessing(Schema schema, List<Scale> features, Scale label) {

    /** As many as an array of Java has places for. */
    private static final int MOST_INPUTS = Integer.MAX_VALUE - 8;

    public Preprocessing {
        features = List.copyOf(features);
        if (features.size() != schema.features().size()) {
            throw new IllegalArgumentException(
                    "got " + features.size() + " scales for " + schema.features().size() + " features");
        }
        for (int f = 0; f < features.size(); f++) {
            requireScaleOfNumber(schema.features().get(f), features.get(f));
        }
        requireScaleOfNumber(schema.label(), label);
    }

    private static void requireScaleOfNumber(Column column, Scale scale) {
        if (!(column instanceof Column.Number) && !scale.equals(Scale.IDENTITY)) {
            throw new IllegalArgumentException("column " + column.name()
                    + ", which holds no numbers, has the scale " + scale + ", expected none");
        }
    }

    /** Leaves numbers as they are. */
    public static Preprocessing identity(Schema schema) {
        return new Preprocessing(schema, Collections.nCopies(schema.features().size(), Scale.IDENTITY),
                Scale.IDENTITY);
    }

    /** Brings each number column to mean 0 and deviation 1 over the rows behind the statistics. */
    public static Preprocessing standardising(Schema schema, TableStatistics statistics) {
        return new Preprocessing(schema,
                schema.features().stream().map(feature -> Scale.standardising(feature, statistics))
                        .collect(Collectors.toList()),
                Scale.standardising(schema.label(), statistics));
    }

    /** Of scales by name of the number columns. */
    public static Preprocessing of(Schema schema, Map<String, Scale> scales) {
        return new Preprocessing(schema, schema.features().stream()
                .map(feature -> scales.getOrDefault(feature.name(), Scale.IDENTITY)).collect(Collectors.toList()),
                scales.getOrDefault(schema.label().name(), Scale.IDENTITY));
    }

    /**
     * The rows as model inputs and targets, in their order. Where the label is the next character of a text, a row gives as
     * many examples as its text has places for one, which may be none.
     */
    public Examples apply(Table table, int[] rows) {
        requireSchema(table);
        Places places = Places.toLearn(table, rows);
        float[] targets = new float[places.count()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = schema.running().isPresent()
                    ? table.texts().code(places.end(i)) - Alphabet.FIRST
                    : (float) label.apply(table.labels()[places.row(i)]);
        }
        return new Examples(schema.inputs(), inputs(table, places), targets);
    }

    /** One example a row, in the order of the table, to predict the label of; texts go on where they end. The targets are 0. */
    public Examples toPredict(Table table) {
        requireSchema(table);
        return new Examples(schema.inputs(), inputs(table, Places.toPredict(table)), new float[table.rows()]);
    }

    private void requireSchema(Table table) {
        if (!table.schema().equals(schema)) {
            throw new IllegalArgumentException("the table's schema " + table.schema() + " is not " + schema);
        }
    }

    private float[] inputs(Table table, Places places) {
        int width = schema.inputs();
        long size = (long) places.count() * width;
        if (size > MOST_INPUTS) {
            String problem =
                    "the rows give the model more inputs than the " + MOST_INPUTS + " of one node; fewer rows, or"
                            + " of running text a shorter length or a larger every, give fewer";
            throw new DataException(problem, problem + " (they give " + size + ")");
        }
        float[] inputs = new float[(int) size];
        int first = 0;
        for (int f = 0; f < features.size(); f++) {
            Column column = schema.features().get(f);
            double[] values = table.features()[f];
            boolean running = schema.running().filter(column::equals).isPresent();
            for (int i = 0, at = first; i < places.count(); i++, at += width) {
                double value = values[places.row(i)];
                if (column instanceof Column.Category) {
                    inputs[at + (int) value] = 1;
                } else if (column instanceof Column.Text text) {
                    table.texts().last(text.length(), running ? places.end(i) : (int) value, inputs, at);
                } else if (column instanceof Column.Words words) {
                    HashedWords.weigh(table.texts(), (int) value, words.buckets(), inputs, at);
                } else {
                    inputs[at] = (float) features.get(f).apply(value);
                }
            }
            first += column.inputs();
        }
        return inputs;
    }

    /**
     * An affine map, {@code (value - mean) / deviation}.
     *
     * @param deviation greater than 0
     */
    public record Scale(double mean, double deviation) {
        /** Changes nothing. */
        public static final Scale IDENTITY = new Scale(0, 1);

        public Scale {
            if (!Double.isFinite(mean) || !(deviation > 0) || Double.isInfinite(deviation)) {
                throw new IllegalArgumentException("a scale has the mean " + mean + " and the deviation " + deviation
                        + ", expected a finite mean and a deviation greater than 0");
            }
        }

        /** For a number the column's mean and deviation (1 where it is constant), otherwise {@link #IDENTITY}. */
        static Scale standardising(Column column, TableStatistics statistics) {
            ColumnStatistics numbers = statistics.columns().get(column.name());
            if (numbers == null) {
                return IDENTITY;
            }
            return new Scale(numbers.mean(), numbers.deviation() > 0 ? numbers.deviation() : 1);
        }

        /** From the raw unit to the model's. */
        public double apply(double value) {
            return (value - mean) / deviation;
        }

        /** From the model's unit to the raw one. */
        public double invert(double value) {
            return value * deviation + mean;
        }
    }
}
