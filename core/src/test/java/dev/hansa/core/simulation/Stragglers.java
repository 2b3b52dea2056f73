package dev.hansa.core.simulation;

import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Draw;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.FleetAround;
import dev.hansa.core.protocol.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Ten users a round, of whom some are too slow for all 20 epochs: the first to be drawn are in time, the others are dropped,
 * or do fewer epochs. All is drawn from one stream a round, of seed 1000 + r with r from 0.
 */
final class Stragglers implements CohortSelector {
    static final int EPOCHS = 20;
    private static final int COHORT = 10;

    private final double share;
    private final boolean dropped;
    /** By user of the round at hand, how many epochs it does; nothing for who is dropped. */
    private final Map<String, Integer> epochs = new HashMap<>();

    Stragglers(double share, boolean dropped) {
        this.share = share;
        this.dropped = dropped;
    }

    @Override
    public SortedSet<String> select(Draw draw) {
        SplittableRandom random = new SplittableRandom(1000 + draw.history().size());
        List<String> users = new ArrayList<>(draw.available());
        for (int k = 0; k < COHORT; k++) {
            Collections.swap(users, k, k + (int) (random.nextDouble() * (users.size() - k)));
        }
        epochs.clear();
        long inTime = Math.round(COHORT * (1 - share));
        for (int k = 0; k < COHORT; k++) {
            if (k < inTime) {
                epochs.put(users.get(k), EPOCHS);
            } else if (!dropped) {
                epochs.put(users.get(k), 1 + (int) (random.nextDouble() * (EPOCHS - 1)));
            }
        }
        return new TreeSet<>(users.subList(0, COHORT));
    }

    /** The fleet with these stragglers. */
    Fleet in(Fleet fleet) {
        return new FleetAround(fleet) {
            @Override
            public void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
                    throws InterruptedException {
                SortedMap<String, Task> slower = new TreeMap<>();
                tasks.forEach((user, task) -> slow(user, task, slower));
                inner.ask(question, slower, patience, answers);
            }
        };
    }

    private void slow(String user, Task task, SortedMap<String, Task> slower) {
        if (!(task instanceof Task.Fit fit)) {
            slower.put(user, task);
        } else if (epochs.containsKey(user)) {
            slower.put(user, new Task.Fit(fit.run(), fit.round(), fit.data(), fit.preprocessing(), fit.model(),
                    fit.parameters(), fit.training().withEpochs(epochs.get(user)), fit.seed()).after(fit.counted()));
        }
    }
}
