package dev.hansa.client.data;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.Texts;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A CSV file (RFC 4180, UTF-8) whose first line names the columns.
 *
 * <p>Only the columns that are asked for are looked at; their order in the file does not matter. Cells are separated by
 * commas, or by semicolons if the header holds semicolons and no comma. Blanks around a cell do not count, but for texts, nor do empty
 * lines. Messages name the line where a row begins as a text editor numbers it: the header is line 1.
 *
 * <p>The file is read anew, as a stream, at each call: beside the numbers of the asked columns nothing is kept. Safe for
 * several threads.
 */
public final class CsvSource implements DataSource {
    private final Path file;
    /** So many rows are read between two looks at how far it is. */
    private static final int ROWS_BETWEEN = 1024;

    private final String remedy;
    private final Progress progress;
    private final UnaryOperator<InputStream> through;

    /** Hears how far the reading of a file is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called again and again by the thread that reads.
         *
         * @param rows  that were read so far
         * @param bytes of the file that were read so far
         */
        void read(long rows, long bytes);
    }

    /** Takes rows one by one. */
    @FunctionalInterface
    public interface RowReader {
        /**
         * Takes a row.
         *
         * @param values of the features in the schema's order, then of the label; another row takes their place afterwards
         * @param texts  of this row alone
         */
        void read(double[] values, boolean heldOut, Texts texts);
    }

    /** Of a node, whose owner cannot change what runs ask for. */
    public CsvSource(Path file) {
        this(file, "Mend the file, or have the run's schema changed.");
    }

    /** @param remedy a sentence that says what can be done if the file does not fit */
    public CsvSource(Path file, String remedy) {
        this(file, remedy, (rows, bytes) -> {});
    }

    /** The same, in view. */
    public CsvSource(Path file, String remedy, Progress progress) {
        this(file, remedy, progress, bytes -> bytes);
    }

    /** @param through what each reading goes through, such as what hashes its bytes: when rows are returned, all of them */
    public CsvSource(Path file, String remedy, Progress progress, UnaryOperator<InputStream> through) {
        this.file = file;
        this.remedy = remedy;
        this.progress = progress;
        this.through = through;
    }

    /** The columns in the order of the file. */
    public List<String> header() {
        try (CsvFile csv = CsvFile.open(file, remedy, through)) {
            return csv.header();
        }
    }

    /**
     * All rows.
     *
     * @throws DataException naming up to {@value Problems#SHOWN} places where the file differs from the schema
     * @throws dev.hansa.core.FederationException if the file is there and cannot be read now; it names the path
     */
    @Override
    public Table read(DataSpec spec) {
        Schema schema = spec.schema();
        Texts.Builder texts = new Texts.Builder();
        double[][] columns = read(types(spec, texts));
        return new Table(schema, Arrays.copyOf(columns, schema.features().size()), columns[label(schema)],
                heldOut(spec.holdOut(), columns), texts.build());
    }

    /**
     * Shows all rows to the reader, one after the other, and keeps none: memory does not grow with the file.
     *
     * @throws DataException as {@link #read}; rows before those with problems have been shown then
     */
    public void scan(DataSpec spec, RowReader reader) {
        Schema schema = spec.schema();
        int features = schema.features().size();
        int label = label(schema);
        Texts.Builder texts = new Texts.Builder();
        List<CellType> types = types(spec, texts);
        int[] number = {0};
        double[] shown = new double[features + 1];
        scan(types, values -> {
            System.arraycopy(values, 0, shown, 0, features);
            shown[features] = values[label];
            boolean held = spec.holdOut() instanceof HoldOut.Every every
                    ? number[0]++ % every.n() == 0
                    : spec.holdOut() instanceof HoldOut.Marked
                            && values[values.length - 1] == CellType.Mark.HELD_OUT;
            reader.read(shown, held, texts.build());
            texts.clear();
        });
    }

    private static List<CellType> types(DataSpec spec, Texts.Builder texts) {
        List<CellType> types = types(spec.schema(), texts);
        if (!isRead(spec.schema())) {
            types.add(CellType.of(spec.schema().label(), texts));
        }
        if (spec.holdOut() instanceof HoldOut.Marked marked) {
            types.add(new CellType.Mark(marked.column(), marked.value()));
        }
        return types;
    }

    /**
     * Rows whose label nobody knows yet: it is 0, or, where it is the next character of a text, that after its end. None is
     * held out.
     *
     * @throws DataException as {@link #read}
     */
    public Table unlabelled(Schema schema) {
        Texts.Builder texts = new Texts.Builder();
        double[][] columns = read(types(schema, texts));
        int rows = columns[0].length;
        return new Table(schema, columns, isRead(schema) ? columns[label(schema)] : new double[rows],
                new boolean[rows], texts.build());
    }

    private static List<CellType> types(Schema schema, Texts.Builder texts) {
        return schema.features().stream().map(feature -> CellType.of(feature, texts))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Whether the label's column is read as a feature already. */
    private static boolean isRead(Schema schema) {
        return label(schema) < schema.features().size();
    }

    /** Which of the columns, of which the features are the first, is the label's. */
    private static int label(Schema schema) {
        List<Column> features = schema.features();
        return IntStream.range(0, features.size())
                .filter(feature -> features.get(feature).name().equals(schema.label().name())).findFirst()
                .orElse(features.size());
    }

    /**
     * The cells of one column as they are written, without blanks around them.
     *
     * @throws DataException as {@link #read}
     */
    public List<String> column(String name) {
        List<String> cells = new ArrayList<>();
        Map<String, String> known = new HashMap<>(); // most columns that name something do so many times
        try (CsvFile csv = CsvFile.open(file, remedy, through)) {
            int place = csv.places(List.of(name))[0];
            csv.read(new int[]{place}, (row, problems) -> {
                String cell = row.cell(place);
                String before = known.putIfAbsent(cell, cell);
                cells.add(before == null ? cell : before);
            });
        }
        return cells;
    }

    /**
     * How many rows there are, whatever is in their cells.
     *
     * @throws DataException as {@link #read}
     */
    public long rows() {
        long[] rows = {0};
        try (CsvFile csv = CsvFile.open(file, remedy, through)) {
            csv.read(new int[0], (row, problems) -> rows[0]++);
        }
        return rows[0];
    }

    private double[][] read(List<CellType> types) {
        ColumnValues[] columns = new ColumnValues[types.size()];
        Arrays.setAll(columns, column -> new ColumnValues());
        scan(types, values -> {
            for (int i = 0; i < values.length; i++) {
                columns[i].add(values[i]);
            }
        });
        return Arrays.stream(columns).map(ColumnValues::take).toArray(double[][]::new);
    }

    /** Shows the cells of each row as numbers. */
    private void scan(List<CellType> types, Consumer<double[]> row) {
        try (CsvFile csv = CsvFile.open(file, remedy, through)) {
            int[] places = csv.places(types.stream().map(CellType::column).collect(Collectors.toList()));
            double[] values = new double[places.length];
            long[] count = {0};
            csv.read(places, (cells, problems) -> {
                for (int i = 0; i < places.length; i++) {
                    CellType type = types.get(i);
                    String cell = type.cell(cells, places[i]);
                    values[i] = type.parse(cell);
                    if (Double.isNaN(values[i])) {
                        problems.add(cells.number(), "column " + type.column(), type.complaint(cell),
                                Quoted.of(cell));
                    }
                }
                row.accept(values);
                if (++count[0] % ROWS_BETWEEN == 0) {
                    progress.read(count[0], csv.bytesRead());
                }
            });
            progress.read(count[0], csv.bytesRead());
        }
    }

    private static boolean[] heldOut(HoldOut rule, double[][] columns) {
        boolean[] held = new boolean[columns[0].length];
        if (rule instanceof HoldOut.Every every) {
            for (int row = 0; row < held.length; row += every.n()) {
                held[row] = true;
            }
        } else if (rule instanceof HoldOut.Marked) {
            double[] marks = columns[columns.length - 1];
            for (int row = 0; row < held.length; row++) {
                held[row] = marks[row] == CellType.Mark.HELD_OUT;
            }
        }
        return held;
    }
}
