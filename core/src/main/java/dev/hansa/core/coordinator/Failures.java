package dev.hansa.core.coordinator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why clients gave no answer that can be used, for people: each kind of reason once, with who gave it, when and how often.
 * Takes the same room however many fail. For one thread at a time.
 */
public final class Failures {
    private static final int MOST_KINDS = 20;
    private static final int MOST_NAMES = 5;
    private static final String OTHERS = "other reasons";
    private static final Pattern NUMBER = Pattern.compile("[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?");

    private final Map<String, Collected> kinds = new LinkedHashMap<>();

    /**
     * Answers that were missing for the like of one reason.
     *
     * @param reason    the first of them, cut if it is long
     * @param postponed whether the clients had not tried, and would later
     * @param clients   the first {@value #MOST_NAMES} of them
     * @param others    whether there are more than these
     * @param times     how often
     * @param first     the first round; 0 before round 1
     * @param last      the last round
     */
    public record Failure(String reason, boolean postponed, List<String> clients, boolean others, int times, int first,
            int last) {
        public Failure {
            clients = List.copyOf(clients);
        }
    }

    private static final class Collected {
        private final String reason;
        private final boolean postponed;
        private final Set<String> clients = new LinkedHashSet<>();
        private boolean others;
        private int times;
        private int first = Integer.MAX_VALUE;
        private int last;

        Collected(String reason, boolean postponed) {
            this.reason = reason;
            this.postponed = postponed;
        }

        void add(RunEvent.ClientFailed failed) {
            if (clients.size() < MOST_NAMES) {
                clients.add(failed.client());
            } else {
                others |= !clients.contains(failed.client());
            }
            times++;
            first = Math.min(first, failed.round());
            last = Math.max(last, failed.round());
        }

        Failure failure() {
            return new Failure(reason, postponed, new ArrayList<>(clients), others, times, first, last);
        }
    }

    /** One answer more that is missing. */
    public void add(RunEvent.ClientFailed failed) {
        String kind = failed.postponed() + " " + kind(failed.reason());
        boolean room = kinds.containsKey(kind) || kinds.size() < MOST_KINDS;
        kinds.computeIfAbsent(room ? kind : OTHERS,
                none -> new Collected(room ? Reasons.shorten(failed.reason()) : OTHERS, room && failed.postponed()))
                .add(failed);
    }

    /** All, the most frequent first; of equals that which came first. */
    public List<Failure> list() {
        List<Failure> all = new ArrayList<>();
        kinds.values().forEach(kind -> all.add(kind.failure()));
        all.sort(Comparator.comparingInt(failure -> -failure.times()));
        return all;
    }

    /** The same of two reasons that differ in numbers alone. */
    public static String kind(String reason) {
        return NUMBER.matcher(reason).replaceAll("#");
    }
}
