package dev.hansa.server.faults;

import java.util.EnumMap;
import java.util.Map;

/** How often what went wrong; for one thread. */
final class Tally {
    private final Map<Mishap, Long> counts = new EnumMap<>(Mishap.class);

    void count(Mishap mishap) {
        counts.merge(mishap, 1L, Long::sum);
    }

    void add(Tally other) {
        other.counts.forEach((mishap, times) -> counts.merge(mishap, times, Long::sum));
    }

    long of(Mishap mishap) {
        return counts.getOrDefault(mishap, 0L);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
