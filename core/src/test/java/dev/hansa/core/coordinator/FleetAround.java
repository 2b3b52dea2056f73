package dev.hansa.core.coordinator;

import java.time.Duration;
import java.util.Set;
import java.util.SortedSet;

/** Another fleet, of which a test changes how it is asked in rounds. */
public abstract class FleetAround extends FleetOfRounds {
    protected final Fleet inner;

    protected FleetAround(Fleet inner) {
        this.inner = inner;
    }

    @Override
    public SortedSet<String> available() {
        return inner.available();
    }

    @Override
    public SortedSet<String> await(int clients, Set<String> excluded) throws InterruptedException {
        return inner.await(clients, excluded);
    }

    @Override
    public boolean isReliable() {
        return inner.isReliable();
    }

    @Override
    public Duration pauseBefore(int attempt) {
        return inner.pauseBefore(attempt);
    }
}
