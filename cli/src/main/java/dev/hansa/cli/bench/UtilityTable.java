package dev.hansa.cli.bench;

import dev.hansa.cli.bench.UtilityBench.Cell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What privacy costs as a table in Markdown. */
public final class UtilityTable {
    /** In a page, the table is between these two. */
    static final String BEGIN = "<!-- written by hansa bench utility: -->\n";
    static final String END = "<!-- until here -->\n";

    private UtilityTable() {}

    /**
     * Of one work: median over seeds, and from the least to the greatest.
     *
     * @param guessed how accurate it is to say the most frequent answer always
     */
    public static String of(UtilityWork work, int seeds, double guessed, List<Cell> cells) {
        List<String> mechanisms = cells.stream().map(Cell::mechanism).filter(name -> !name.isEmpty()).distinct()
                .toList();
        List<Double> budgets = cells.stream().map(Cell::epsilon).distinct().toList();
        StringBuilder table = new StringBuilder("**").append(work.title()).append("** (").append(work.settings())
                .append("; median of ").append(seeds)
                .append(" seeds, least to greatest; always to say the most frequent answer: ").append(percent(guessed))
                .append(" %)\n\n| mechanism |");
        budgets.forEach(epsilon -> table.append(Double.isInfinite(epsilon) ? " no privacy |" : " ε = " + number(epsilon)
                + " |"));
        table.append("\n|").append(IntStream.rangeClosed(0, budgets.size()).mapToObj(_ -> "---|")
                .collect(Collectors.joining())).append('\n');
        for (String mechanism : mechanisms) {
            table.append("| ").append(mechanism).append(" |");
            List<Cell> row = new ArrayList<>(cells.stream().filter(cell -> cell.mechanism().isEmpty()).toList());
            row.addAll(cells.stream().filter(cell -> cell.mechanism().equals(mechanism)).toList());
            row.forEach(cell -> table.append(' ').append(text(cell)).append(" |"));
            table.append('\n');
        }
        return table.append('\n').toString();
    }

    private static String text(Cell cell) {
        return percent(cell.median()) + " % (" + percent(cell.accuracy().getFirst()) + "–"
                + percent(cell.accuracy().getLast()) + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String number(double epsilon) {
        return epsilon == Math.rint(epsilon) ? String.valueOf((long) epsilon) : String.valueOf(epsilon);
    }

    /** The page with these tables in place of those that it has; the tables alone if it is not there, or has none. */
    public static String page(Path file, String tables) throws IOException {
        String page = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        return begin < 0 || end < begin ? BEGIN + tables + END
                : page.substring(0, begin) + BEGIN + tables + page.substring(end);
    }
}
