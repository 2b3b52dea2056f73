package dev.hansa.core.coordinator;

import dev.hansa.core.mechanism.LeftNoise;
import dev.hansa.core.model.Parameters;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A store that lives as long as its process: for simulations and tests. Safe for several threads. */
public final class MemoryStore implements Store {
    private final Map<String, Checkpoint> checkpoints = new HashMap<>();
    private final Map<String, Checkpoint> best = new HashMap<>();
    private final Map<String, SortedMap<Integer, Parameters>> models = new HashMap<>();
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
    public synchronized void save(String run, Checkpoint checkpoint, Set<Fleet.Sent> open, RunEvent... events) {
        checkpoints.put(run, checkpoint);
        SortedMap<Integer, Parameters> kept = models.computeIfAbsent(run, name -> new TreeMap<>());
        kept.put(checkpoint.state().round(), checkpoint.state().parameters());
        keepBest(run, checkpoint, kept);
        SortedSet<Integer> wanted = Store.rounds(open);
        kept.keySet().removeIf(round -> round != checkpoint.state().round() && !wanted.contains(round));
        for (RunEvent event : events) {
            listener.accept(event);
        }
    }

    private void keepBest(String run, Checkpoint checkpoint, Map<Integer, Parameters> kept) {
        if (checkpoint.isBest()) {
            best.put(run, checkpoint);
        } else if (checkpoint.best() > 0 && kept.containsKey(checkpoint.best())
                && !(best.containsKey(run) && best.get(run).state().round() == checkpoint.best())) {
            best.put(run, checkpoint.asOf(checkpoint.best(), kept.get(checkpoint.best())));
        }
    }

    @Override
    public synchronized Parameters model(String run, int round) {
        Parameters model = models.getOrDefault(run, Collections.emptySortedMap()).get(round);
        if (model == null) {
            throw new IllegalArgumentException("the model of round " + round + " of " + run + " is not kept");
        }
        return model;
    }

    @Override
    public synchronized void append(String run, RunEvent event) {
        if (Store.isEnd(event)) {
            UnaryOperator<Checkpoint> forget = kept -> kept.with(LeftNoise.forget(kept.state()));
            checkpoints.computeIfPresent(run, (name, kept) -> forget.apply(kept));
            best.computeIfPresent(run, (name, kept) -> forget.apply(kept));
        }
        listener.accept(event);
    }
}
