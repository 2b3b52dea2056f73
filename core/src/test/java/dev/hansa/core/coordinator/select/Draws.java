package dev.hansa.core.coordinator.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Draw;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Seed;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws to select from. */
final class Draws {
    private Draws() {}

    static SortedSet<String> ids(String... ids) {
        return new TreeSet<>(Arrays.asList(ids));
    }

    /** So many of all who have rows. */
    static Draw of(long seed, int size, Map<String, Long> rows) {
        return new Draw(new Seed(seed), 1, new TreeSet<>(rows.keySet()), OptionalInt.of(size), 1, new TreeMap<>(rows),
                List.of());
    }

    /** So many of those available, of whom nothing is known but the history. */
    static Draw of(long seed, int size, int minimum, SortedSet<String> available, List<RoundRecord> history) {
        return new Draw(new Seed(seed), 1, available, OptionalInt.of(size), minimum, Collections.emptySortedMap(),
                history);
    }

    /** A round that counted an update of each, with its loss. */
    static RoundRecord round(int round, Map<String, Double> losses) {
        TreeMap<String, ClientRound> clients = new TreeMap<>();
        losses.forEach((client, loss) -> clients.put(client, new ClientRound(
                new Metrics(new TreeMap<>(Map.of(Metrics.EXAMPLES, 1.0, Metrics.LOSS, loss))), Metrics.NONE,
                Traffic.NONE)));
        return new RoundRecord(round, Metrics.NONE, Metrics.NONE, clients, Duration.ZERO);
    }

    /** How often each client is among so many draws, the seeds of which count from 0. */
    static Map<String, Integer> inclusions(CohortSelector selector, int draws, int size, Map<String, Long> rows) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int seed = 0; seed < draws; seed++) {
            selector.select(of(seed, size, rows)).forEach(client -> counts.merge(client, 1, Integer::sum));
        }
        assertThat(counts).hasSize(rows.size());
        return counts;
    }
}
