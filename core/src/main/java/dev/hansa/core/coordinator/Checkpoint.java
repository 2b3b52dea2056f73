package dev.hansa.core.coordinator;

import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.model.Named;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.core.strategy.Strategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * All that a run needs to go on after a crash.
 *
 * @param rows    by client: the rows to train on that it told of before the first round
 * @param refused clients that do not take part, with their reasons
 * @param history the committed rounds, first to last: as many as {@code state.round()}
 * @param closing what was answered after the last round
 * @param best    the round whose model was best so far, which the store keeps beside the last; 0 if that is not known
 */
public record Checkpoint(ServerState state, Preprocessing preprocessing, SortedMap<String, Long> rows,
        SortedMap<String, String> refused, List<RoundRecord> history, Closing closing, int best) {

    public Checkpoint {
        rows = Named.copyOf(rows);
        refused = Named.copyOf(refused);
        history = List.copyOf(history);
        if (history.size() != state.round()) {
            throw new IllegalArgumentException(
                    "got records of " + history.size() + " rounds for a state after " + state.round());
        }
        if (best < 0 || best > state.round()) {
            throw new IllegalArgumentException("the best round is " + best + " of " + state.round());
        }
    }

    /** Whether no round before was as good as the last. */
    public boolean isBest() {
        return best > 0 && best == state.round();
    }

    /** After one round more, which led to the state. */
    Checkpoint after(ServerState next, RoundRecord record, SortedMap<String, String> refusedNow,
            Evaluation evaluation) {
        List<RoundRecord> longer = new ArrayList<>(history);
        longer.add(record);
        return new Checkpoint(next, preprocessing, rows, refusedNow, longer, Closing.NONE,
                evaluation.best(longer).map(BestRound::round).orElse(0));
    }

    /** Before anything is asked after the last round, and where it is not known which round was the best. */
    public Checkpoint(ServerState state, Preprocessing preprocessing, SortedMap<String, Long> rows,
            SortedMap<String, String> refused, List<RoundRecord> history) {
        this(state, preprocessing, rows, refused, history, Closing.NONE, 0);
    }

    /** The same with these answers after the last round. */
    Checkpoint with(Closing answers, SortedMap<String, String> refusals) {
        return new Checkpoint(state, preprocessing, rows, refusals, history, answers, best);
    }

    /** The last round in which the client was asked for an update that was counted; 0 if none was. */
    int lastCounted(String client) {
        for (int round = history.size(); round > 0; round--) {
            RoundRecord record = history.get(round - 1);
            if (record.counts(client)) {
                return round - record.part(client).staleness();
            }
        }
        return 0;
    }

    /** The same with more known of a round, whose model may be the best therefore. */
    Checkpoint with(RoundRecord completed, SortedMap<String, String> refusals, Evaluation evaluation) {
        List<RoundRecord> rounds = new ArrayList<>(history);
        rounds.set(completed.round() - 1, completed);
        return new Checkpoint(state, preprocessing, rows, refusals, rounds, closing,
                evaluation.best(rounds).map(BestRound::round).orElse(0));
    }

    /** As it was after that round, of which nothing but the model is known any more. */
    public Checkpoint asOf(int round, Parameters model) {
        return new Checkpoint(new ServerState(round, model, Collections.emptySortedMap()), preprocessing, rows, refused,
                history.subList(0, round), closing, round);
    }

    /** With another state after the same round. */
    Checkpoint with(ServerState other) {
        return new Checkpoint(other, preprocessing, rows, refused, history, closing, best);
    }

    /** The run's strategy, among the clients that told of their data. */
    public Strategy strategy(RunSpec spec) {
        return rows.isEmpty() ? spec.strategy() : spec.strategy().among(rows.size());
    }
}
