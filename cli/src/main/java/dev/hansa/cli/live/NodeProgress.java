package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.model.Metrics;

/**
 * Where one node stands in a run.
 *
 * @param training   of the last round in which its update counted
 * @param evaluation of the last round in which it evaluated
 */
record NodeProgress(State state, Metrics training, Metrics evaluation) {
    static final NodeProgress NEW = new NodeProgress(State.IDLE, Metrics.NONE, Metrics.NONE);

    NodeProgress is(State next) {
        return new NodeProgress(next, training, evaluation);
    }

    NodeProgress measured(ClientRound round) {
        return new NodeProgress(state, newer(training, round.training()), newer(evaluation, round.evaluation()));
    }

    private static Metrics newer(Metrics before, Metrics after) {
        return after.equals(Metrics.NONE) ? before : after;
    }

    boolean participates() {
        return state != State.REFUSED;
    }

    /** Whether its update is still waited for. */
    boolean unanswered() {
        return state == State.TRAINING || state == State.SILENT;
    }

    /** What a node does in the round at hand. */
    enum State {
        IDLE("idle", Style.DIM),
        READY("ready", Style.GOOD),
        TRAINING("training", Style.WAITING),
        SILENT("silent", Style.BAD),
        ANSWERED("answered", Style.GOOD),
        LATE("no answer", Style.BAD),
        FAILED("failed", Style.BAD),
        POSTPONED("later", Style.WAITING),
        REFUSED("refused", Style.BAD);

        private final String text;
        private final Style style;

        State(String text, Style style) {
            this.text = text;
            this.style = style;
        }

        String text() {
            return text;
        }

        Style style() {
            return style;
        }
    }
}
