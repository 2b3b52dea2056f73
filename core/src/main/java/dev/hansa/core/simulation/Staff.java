package dev.hansa.core.simulation;

import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.learn.LearnerPool;
import dev.hansa.core.model.Names;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The clients of a {@link LocalFleet} at work: who is there, how long a task takes each, and the doing of it. */
final class Staff {
    /** One client may be at two tasks for a moment, one of which is not wanted any more; so many never block each other. */
    private static final int LOCKS = 1024;

    private final Population population;
    private final Durations durations;
    private final boolean timeless;
    private final LearnerPool learners = new LearnerPool();
    private final Object[] locks = new Object[LOCKS];
    /** By client: how often it was asked to train. */
    private final Map<String, Integer> trainings = new HashMap<>();
    private Names present;
    private Optional<Duration> presentUntil = Optional.of(Duration.ZERO);

    Staff(Population population, Durations durations) {
        this.population = population;
        this.durations = durations;
        this.timeless = durations.equals(Durations.NONE);
        this.present = population.ids();
        Arrays.setAll(locks, i -> new Object());
    }

    /** Those who can be asked then; looked for anew only when others may be there. */
    Names present(Duration now) {
        if (presentUntil.isPresent() && presentUntil.get().compareTo(now) <= 0) {
            present = population.ids().only(client -> durations.isThere(client, now));
            presentUntil = durations.nextChange(now);
        }
        return present;
    }

    /** How long the client takes for it; a training counts as begun with this. */
    Duration time(String client, Task task) {
        return !timeless && task instanceof Task.Fit fit
                ? durations.of(client, trainings.merge(client, 1, Integer::sum), fit)
                : Duration.ZERO;
    }

    /** What goes over a network for it. */
    Traffic traffic(String client, Task task) {
        return task instanceof Task.Fit fit ? durations.traffic(client, fit) : Traffic.NONE;
    }

    /** @throws IllegalArgumentException if there is no such client */
    void requireKnown(String client) {
        if (!population.ids().contains(client)) {
            throw Population.unknown(client);
        }
    }

    /** Has the client do it, on this thread. */
    Report perform(String client, Task task) throws InterruptedException {
        synchronized (locks[Math.floorMod(client.hashCode(), LOCKS)]) {
            return population.client(client).perform(task, learners);
        }
    }

    /** Nobody has any more use for the update that was reported: a later training may write over it. */
    void reuse(Task task, Report report) {
        if (task instanceof Task.Fit fit && report instanceof Report.Fitted fitted
                && fitted.update().difference() instanceof Parameters difference) {
            learners.of(fit.model(), fit.data().schema()).reuse(difference);
        }
    }
}
