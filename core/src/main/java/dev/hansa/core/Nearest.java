package dev.hansa.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class Nearest {

    private Nearest() {}

    /** The candidate that differs least; empty if all differ by more than a third of the letters. */
    public static Optional<String> to(String written, Collection<String> candidates) {
        return candidates.stream().filter(candidate -> distance(written, candidate) <= allowed(candidate))
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)));
    }

    private static int allowed(String name) {
        return Math.max(1, name.length() / 3);
    }

    /** Levenshtein's, without regard to case; a difference in length beyond what is allowed is not counted out. */
    private static int distance(String written, String candidate) {
        if (Math.abs(written.length() - candidate.length()) > allowed(candidate)) {
            return Integer.MAX_VALUE;
        }
        String a = written.toLowerCase(Locale.ROOT);
        String b = candidate.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
