package dev.hansa.core.simulation;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.model.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps all checkpoints of a single run, not just its last. */
final class EveryCheckpoint implements Store {
    private final List<Checkpoint> checkpoints = new ArrayList<>();

    @Override
    public Optional<Checkpoint> latest(String run) {
        return checkpoints.stream().reduce((first, second) -> second);
    }

    @Override
    public Optional<Checkpoint> best(String run) {
        return checkpoints.stream().filter(Checkpoint::isBest).reduce((first, second) -> second);
    }

    @Override
    public void save(String run, Checkpoint checkpoint, Set<Fleet.Sent> open, RunEvent... events) {
        checkpoints.add(checkpoint);
    }

    @Override
    public Parameters model(String run, int round) {
        return model(round);
    }

    @Override
    public void append(String run, RunEvent event) {
        // events are not looked at
    }

    int rounds() {
        return checkpoints.size() - 1;
    }

    /** After the round; round 0 is the start. */
    Parameters model(int round) {
        return checkpoints.get(round).state().parameters();
    }
}
