package dev.hansa.core.coordinator;

import dev.hansa.core.model.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Chooses who is asked in a round. */
@FunctionalInterface
public interface CohortSelector {

    /**
     * @param seed      of this round and attempt; the same seed and clients give the same cohort
     * @param available those who could be asked
     */
    SortedSet<String> select(Seed seed, SortedSet<String> available);

    /** Each client with the same probability, without replacement; all of them if the size is empty or too large. */
    static CohortSelector uniform(OptionalInt size) {
        return (seed, available) -> {
            if (!size.isPresent() || size.getAsInt() >= available.size()) {
                return available;
            }
            List<String> clients = new ArrayList<>(available);
            SplittableRandom random = seed.random();
            for (int chosen = 0; chosen < size.getAsInt(); chosen++) { // a partial Fisher-Yates shuffle
                Collections.swap(clients, chosen, chosen + (int) (random.nextDouble() * (clients.size() - chosen)));
            }
            return new TreeSet<>(clients.subList(0, size.getAsInt()));
        };
    }
}
