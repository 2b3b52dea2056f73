package dev.hansa.core.client;

import dev.hansa.core.model.Parameters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** By run and round. */
final class HeapMemory implements ClientMemory {
    private final Map<String, Map<Integer, Parameters>> runs = new HashMap<>();
    private final Map<String, Map<String, Parameters>> told = new HashMap<>();
    private final Map<String, Parameters> personal = new HashMap<>();

    @Override
    public Optional<Parameters> of(String run, int round) {
        return Optional.ofNullable(rounds(run).get(round));
    }

    @Override
    public void keep(String run, int counted, int round, Parameters remembered) {
        Map<Integer, Parameters> rounds = rounds(run);
        rounds.keySet().removeIf(other -> other != counted);
        rounds.put(round, remembered);
    }

    @Override
    public void keepTold(String run, String what, Parameters numbers) {
        told.computeIfAbsent(run, unknown -> new HashMap<>()).put(what, numbers);
    }

    @Override
    public Optional<Parameters> told(String run, String what) {
        return Optional.ofNullable(told.getOrDefault(run, Map.of()).get(what));
    }

    @Override
    public void keepPersonal(String run, int round, Parameters model) {
        personal.put(run, model);
    }

    @Override
    public Optional<Parameters> personal(String run) {
        return Optional.ofNullable(personal.get(run));
    }

    private Map<Integer, Parameters> rounds(String run) {
        return runs.computeIfAbsent(run, unknown -> new HashMap<>());
    }
}
