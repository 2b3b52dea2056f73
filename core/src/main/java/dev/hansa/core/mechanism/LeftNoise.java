package dev.hansa.core.mechanism;

import dev.hansa.core.model.Parameters;
import dev.hansa.core.strategy.ServerState;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What noise of earlier rounds has left in the state of a run, of which later rounds take a part back. Whoever has it can
 * take noise off the models that were released, so it is forgotten with the end of the run.
 */
public final class LeftNoise {
    /** What the names of its slots begin with. */
    static final String SLOT = "privacy.noise.";

    private LeftNoise() {}

    /** Whether the slot of that name is of it. */
    public static boolean is(String slot) {
        return slot.startsWith(SLOT);
    }

    /** The state without it; the same if there is none. */
    public static ServerState forget(ServerState state) {
        if (state.slots().keySet().stream().noneMatch(LeftNoise::is)) {
            return state;
        }
        SortedMap<String, Parameters> others = new TreeMap<>(state.slots());
        others.keySet().removeIf(LeftNoise::is);
        return new ServerState(state.round(), state.parameters(), others);
    }
}
