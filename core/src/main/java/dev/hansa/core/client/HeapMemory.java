package dev.hansa.core.client;

import dev.hansa.core.model.Parameters;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** By run and round. */
final class HeapMemory implements ClientMemory {
    private final Map<String, NavigableMap<Integer, Parameters>> runs = new HashMap<>();

    @Override
    public Optional<Parameters> before(String run, int round) {
        return Optional.ofNullable(of(run).lowerEntry(round)).map(Map.Entry::getValue);
    }

    @Override
    public void keep(String run, int round, Parameters remembered) {
        NavigableMap<Integer, Parameters> rounds = of(run);
        Integer before = rounds.lowerKey(round);
        rounds.keySet().retainAll(before == null ? Collections.emptySet() : Collections.singleton(before));
        rounds.put(round, remembered);
    }

    private NavigableMap<Integer, Parameters> of(String run) {
        return runs.computeIfAbsent(run, unknown -> new TreeMap<>());
    }
}
