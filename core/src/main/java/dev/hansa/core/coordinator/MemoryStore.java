package dev.hansa.core.coordinator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A store that lives as long as its process: for simulations and tests. Safe for several threads. */
public final class MemoryStore implements Store {
    private final Map<String, Checkpoint> checkpoints = new HashMap<>();
    private final Map<String, Checkpoint> best = new HashMap<>();
    private final Consumer<RunEvent> listener;

    /** @param listener is handed each event */
    public MemoryStore(Consumer<RunEvent> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized Optional<Checkpoint> latest(String run) {
        return Optional.ofNullable(checkpoints.get(run));
    }

    @Override
    public synchronized Optional<Checkpoint> best(String run) {
        return Optional.ofNullable(best.get(run));
    }

    @Override
    public synchronized void save(String run, Checkpoint checkpoint, RunEvent... events) {
        checkpoints.put(run, checkpoint);
        if (checkpoint.isBest()) {
            best.put(run, checkpoint);
        }
        for (RunEvent event : events) {
            listener.accept(event);
        }
    }

    @Override
    public synchronized void append(String run, RunEvent event) {
        listener.accept(event);
    }
}
