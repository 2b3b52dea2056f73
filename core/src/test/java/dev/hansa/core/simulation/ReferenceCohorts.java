package dev.hansa.core.simulation;

import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Draw;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The reference counts rounds from 0, and round r draws ten clients from the stream of seed 1000 + r. */
record ReferenceCohorts() implements CohortSelector {
    static final int SIZE = 10;

    @Override
    public SortedSet<String> select(Draw draw) {
        return of(draw.history().size(), draw.available());
    }

    static SortedSet<String> of(int round, SortedSet<String> available) {
        List<String> clients = new ArrayList<>(available);
        SplittableRandom random = new SplittableRandom(1000 + round);
        for (int k = 0; k < SIZE; k++) {
            Collections.swap(clients, k, k + (int) (random.nextDouble() * (clients.size() - k)));
        }
        return new TreeSet<>(clients.subList(0, SIZE));
    }
}
