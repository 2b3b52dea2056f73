package dev.hansa.client.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class Nearest {

    private Nearest() {}

    /** The candidate with the fewest edits (insert, delete, replace; capitals aside), if they are few. */
    static Optional<String> to(String wanted, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> edits(wanted, candidate) <= Math.max(1, wanted.length() / 3))
                .min(Comparator.comparingInt(candidate -> edits(wanted, candidate)));
    }

    private static int edits(String a, String b) {
        String from = a.toLowerCase(Locale.ROOT);
        String to = b.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
