package dev.hansa.examples;

import dev.hansa.core.data.Examples;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Forms in which a row or a value of one row could stand in bytes: as text of the file, as double, as float beside its
 * neighbour; raw and standardised; in either byte order; along the row and down the column.
 *
 * <p>Only forms that chance and run files do not produce are looked for: texts of six characters or more, doubles of more
 * than three characters that are no whole number (0.1 is also a learning rate), pairs of floats of which one is no whole
 * number; and none that is mostly zeros: 17.5 is three bytes that a counter or a checksum soon happens to hold.
 */
final class RowTraces {
    private static final Pattern NUMBER_LIKE = Pattern.compile("[0-9]+\\.[0-9]+");
    /** Of eight bytes so many are not 0: by chance one place in 10^12 holds a given one. */
    private static final int TELLING_BYTES = 5;

    private final Map<Long, String> eightBytes = new HashMap<>();
    private final Set<String> texts = new HashSet<>();

    /** @param preprocessing of the run that is looked at */
    RowTraces(Path csv, Table table, Preprocessing preprocessing) throws IOException {
        for (String line : Files.readAllLines(csv)) {
            for (String cell : line.split(",", -1)) {
                if (cell.length() >= 6 && NUMBER_LIKE.matcher(cell).matches()) {
                    texts.add(cell);
                }
            }
        }
        int rows = table.rows();
        List<double[]> columns = new ArrayList<>(List.of(table.features()));
        columns.add(table.labels());
        addDoubles(columns, "a raw value");
        addPairs(columns, rows, "raw values");
        Examples examples = preprocessing.apply(table, IntStream.range(0, rows).toArray());
        List<double[]> standardised = new ArrayList<>();
        for (int c = 0; c < examples.width(); c++) {
            int column = c;
            standardised.add(IntStream.range(0, rows)
                    .mapToDouble(row -> examples.inputs()[row * examples.width() + column]).toArray());
        }
        standardised.add(IntStream.range(0, rows).mapToDouble(row -> examples.targets()[row]).toArray());
        addDoubles(standardised, "a standardised value");
        addPairs(standardised, rows, "standardised values");
    }

    /** What was found, each with its place; empty if nothing was. */
    List<String> in(byte[] bytes) {
        List<String> found = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int at = 0; at + 8 <= bytes.length; at++) {
            String what = eightBytes.get(buffer.getLong(at));
            if (what != null) {
                found.add(what + " at byte " + at);
            }
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String cell : texts) {
            for (int at = text.indexOf(cell); at >= 0; at = text.indexOf(cell, at + 1)) {
                if (!continuesNumber(text, at - 1) && !continuesNumber(text, at + cell.length())) {
                    found.add("the text " + cell + " at byte " + at);
                }
            }
        }
        return found;
    }

    private static boolean continuesNumber(String text, int at) {
        return at >= 0 && at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.');
    }

    private void addDoubles(List<double[]> columns, String what) {
        for (double[] column : columns) {
            for (double value : column) {
                if (value != Math.rint(value) && Double.toString(value).length() > 3) {
                    long bits = Double.doubleToLongBits(value);
                    add(bits, what + " as a double");
                    add(Long.reverseBytes(bits), what + " as a double");
                }
            }
        }
    }

    private void addPairs(List<double[]> columns, int rows, String what) {
        for (int c = 0; c < columns.size(); c++) {
            for (int r = 0; r < rows; r++) {
                double value = columns.get(c)[r];
                if (c + 1 < columns.size()) {
                    addPair(value, columns.get(c + 1)[r], "two " + what + " of a row as floats");
                }
                if (r + 1 < rows) {
                    addPair(value, columns.get(c)[r + 1], "two " + what + " of a column as floats");
                }
            }
        }
    }

    private void addPair(double first, double second, String what) {
        if (first == Math.rint(first) && second == Math.rint(second)) {
            return;
        }
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            ByteBuffer pair = ByteBuffer.allocate(8).order(order).putFloat((float) first).putFloat((float) second);
            add(pair.order(ByteOrder.BIG_ENDIAN).getLong(0), what);
        }
    }

    private void add(long bits, String what) {
        int telling = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            telling += (bits >>> shift & 0xFF) == 0 ? 0 : 1;
        }
        if (telling >= TELLING_BYTES) {
            eightBytes.put(bits, what);
        }
    }
}
