package dev.hansa.cli.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Columns of text, as wide as need be, or as there is room for. */
public final class TextTable {
    private static final int GAP = 2;
    /** Narrower than that nothing can be read. */
    private static final int NARROWEST = 9;
    private static final String INDENT = "  ";
    /** Of terminals that are narrower still, lines are broken by the terminal. */
    private static final int LEAST_ROOM = 20;

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... header) {
        rows.add(List.of(header));
    }

    public void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
    }

    /** Each row on one line, however long. */
    public List<String> lines() {
        return lines(Integer.MAX_VALUE);
    }

    /**
     * In lines of at most so many characters, or {@value #LEAST_ROOM}: cells of the widest columns go on in the next line; of more columns than
     * there is room for, each row becomes a list of its cells, each behind the head of its column.
     */
    public List<String> lines(int room) {
        int[] widths = widths();
        int width = Math.max(room, LEAST_ROOM);
        return fit(widths, width) ? rows.stream().flatMap(row -> lines(row, widths).stream()).toList() : listed(width);
    }

    private int[] widths() {
        return IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)).toArray();
    }

    /** Takes from the widest column as long as there is not room for all; whether there is in the end. */
    private static boolean fit(int[] widths, int room) {
        long gaps = (long) GAP * (widths.length - 1);
        for (long left = Arrays.stream(widths).asLongStream().sum() + gaps - room; left > 0; left--) {
            int widest = IntStream.range(0, widths.length).reduce((a, b) -> widths[b] > widths[a] ? b : a).orElse(0);
            if (widths[widest] <= NARROWEST) {
                return false;
            }
            widths[widest]--;
        }
        return true;
    }

    private static List<String> lines(List<String> row, int[] widths) {
        List<List<String>> cells = IntStream.range(0, widths.length)
                .mapToObj(column -> Wrapped.lines(row.get(column), widths[column])).toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, height).mapToObj(line -> {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                List<String> cell = cells.get(column);
                String part = line < cell.size() ? cell.get(line) : "";
                text.append(part).append(" ".repeat(widths[column] - part.length() + GAP));
            }
            return text.toString().stripTrailing();
        }).toList();
    }

    private List<String> listed(int room) {
        List<String> header = rows.getFirst();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            lines.addAll(Wrapped.lines((header.getFirst() + " " + row.getFirst()).strip(), room));
            for (int column = 1; column < row.size(); column++) {
                Wrapped.lines((header.get(column) + "  " + row.get(column)).strip(),
                        room - INDENT.length()).forEach(line -> lines.add(INDENT + line));
            }
        }
        return lines;
    }
}
