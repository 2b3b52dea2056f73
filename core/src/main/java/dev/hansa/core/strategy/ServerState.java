package dev.hansa.core.strategy;

import dev.hansa.core.model.Parameters;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that passes from round to round; storing it is the checkpoint.
 *
 * @param round      how many rounds it has seen; 0 at the start
 * @param parameters the global model
 * @param slots      a strategy's memory by name, such as a server momentum
 */
public record ServerState(int round, Parameters parameters, SortedMap<String, Parameters> slots) {

    public ServerState {
        slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
    }

    /** Before the first round, without memory. */
    public static ServerState start(Parameters initial) {
        return new ServerState(0, initial, Collections.emptySortedMap());
    }

    /** The strategy's memory of that name; zeros, of the model's layout, before anything was remembered. */
    public Parameters slot(String name) {
        Parameters slot = slots.get(name);
        return slot == null ? Parameters.zeros(parameters.layout()) : slot;
    }

    /** Whether neither the model nor any slot holds a value that is infinite or not a number. */
    public boolean isFinite() {
        return parameters.isFinite() && slots.values().stream().allMatch(Parameters::isFinite);
    }

    /** With these slots, in the place of those of the same names. */
    public ServerState with(Map<String, Parameters> changed) {
        SortedMap<String, Parameters> all = new TreeMap<>(slots);
        all.putAll(changed);
        return new ServerState(round, parameters, all);
    }

    /** With that model, of the same round. */
    public ServerState with(Parameters model) {
        return new ServerState(round, model, slots);
    }

    /** After one more round. */
    public ServerState next(Parameters next) {
        return new ServerState(round + 1, next, slots);
    }
}
