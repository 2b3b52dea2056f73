package dev.hansa.core.coordinator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The reasons of many clients, for people: each once, that of most clients first, and no more of them than one reads. */
final class Reasons {
    private static final int MOST_REASONS = 5;
    private static final int MOST_NAMES = 5;
    /** Characters of one of them. */
    private static final int LONGEST = 300;

    private Reasons() {}

    /** As the end of a sentence: {@code ; a refused: no; 2 clients refused: too few rows (b, c)}. */
    static String list(String verb, SortedMap<String, String> reasons) {
        List<Map.Entry<String, List<String>>> groups = grouped(reasons);
        StringBuilder text = new StringBuilder();
        groups.stream().limit(MOST_REASONS).forEach(group -> {
            List<String> clients = group.getValue();
            text.append("; ").append(clients.size() == 1 ? clients.get(0) : clients.size() + " clients").append(' ')
                    .append(verb).append(": ").append(shorten(group.getKey()));
            if (clients.size() > 1) {
                text.append(" (").append(names(clients)).append(')');
            }
        });
        int more = groups.stream().skip(MOST_REASONS).mapToInt(group -> group.getValue().size()).sum();
        if (more > 0) {
            text.append("; ").append(more).append(" more ").append(verb).append(" for other reasons");
        }
        return text.toString();
    }

    /** By reason, those who gave it; that of most first, of equals that of the first client. */
    static List<Map.Entry<String, List<String>>> grouped(SortedMap<String, String> reasons) {
        Map<String, List<String>> clients = new TreeMap<>();
        reasons.forEach((client, reason) -> clients.computeIfAbsent(reason, none -> new ArrayList<>()).add(client));
        List<Map.Entry<String, List<String>>> groups = new ArrayList<>(clients.entrySet());
        groups.sort(Comparator.<Map.Entry<String, List<String>>>comparingInt(group -> -group.getValue().size())
                .thenComparing(group -> group.getValue().get(0)));
        return groups;
    }

    /** The first of them by name, and how many more there are. */
    static String names(List<String> clients) {
        String first = String.join(", ", clients.subList(0, Math.min(MOST_NAMES, clients.size())));
        return clients.size() > MOST_NAMES ? first + " and " + (clients.size() - MOST_NAMES) + " more" : first;
    }

    /** No longer than one reads. */
    static String shorten(String reason) {
        return reason.codePointCount(0, reason.length()) <= LONGEST ? reason
                : reason.substring(0, reason.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
