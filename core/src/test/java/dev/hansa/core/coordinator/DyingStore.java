package dev.hansa.core.coordinator;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.Parameters;
import java.util.Optional;
import java.util.Set;

/** A store whose process is killed after each checkpoint that it has saved. */
record DyingStore(Store store) implements Store {

    @Override
    public Optional<Checkpoint> latest(String run) {
        return store.latest(run);
    }

    @Override
    public Optional<Checkpoint> best(String run) {
        return store.best(run);
    }

    @Override
    public void save(String run, Checkpoint checkpoint, Set<Fleet.Sent> open, RunEvent... events) {
        store.save(run, checkpoint, open, events);
        throw new FederationException("killed", true);
    }

    @Override
    public Parameters model(String run, int round) {
        return store.model(run, round);
    }

    @Override
    public void append(String run, RunEvent event) {
        store.append(run, event);
    }
}
