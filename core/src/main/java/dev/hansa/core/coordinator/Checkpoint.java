package dev.hansa.core.coordinator;

import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.core.strategy.Strategy;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a run needs to go on after a crash.
 *
 * @param rows    by client: the rows to train on that it told of before the first round
 * @param refused clients that do not take part, with their reasons
 * @param history the committed rounds, first to last: as many as {@code state.round()}
 * @param closing what was answered after the last round
 */
public record Checkpoint(ServerState state, Preprocessing preprocessing, SortedMap<String, Long> rows,
        SortedMap<String, String> refused, List<RoundRecord> history, Closing closing) {

    public Checkpoint {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
        history = List.copyOf(history);
        if (history.size() != state.round()) {
            throw new IllegalArgumentException(
                    "got records of " + history.size() + " rounds for a state after " + state.round());
        }
    }

    /** Before anything is asked after the last round. */
    public Checkpoint(ServerState state, Preprocessing preprocessing, SortedMap<String, Long> rows,
            SortedMap<String, String> refused, List<RoundRecord> history) {
        this(state, preprocessing, rows, refused, history, Closing.NONE);
    }

    /** The same with these answers after the last round. */
    Checkpoint with(Closing answers, SortedMap<String, String> refusals) {
        return new Checkpoint(state, preprocessing, rows, refusals, history, answers);
    }

    /** The last round in which an update of the client was counted; 0 if none was. */
    int lastCounted(String client) {
        for (int round = history.size(); round > 0; round--) {
            if (history.get(round - 1).counts(client)) {
                return round;
            }
        }
        return 0;
    }

    /** The run's strategy, among the clients that told of their data. */
    public Strategy strategy(RunSpec spec) {
        return rows.isEmpty() ? spec.strategy() : spec.strategy().among(rows.size());
    }
}
