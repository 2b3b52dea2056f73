package dev.hansa.client.policy;

import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.policy.Objection.Effect;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Keeps a node from taking part sooner again than a run's promise allows, whoever draws: noise that lasts over rounds hides
 * only who rests ({@link Chance.Rests}), and so seldom at the most as the rest leaves room for.
 */
final class Resting {
    private Resting() {}

    /** Why the node rests in that round; empty if it may train. The round itself may be tried again. */
    static Optional<Objection> objection(Task task, Optional<Terms> terms, Ledger ledger) {
        if (!(task instanceof Task.Fit)) {
            return Optional.empty();
        }
        int separation = terms.flatMap(Terms::promise)
                .map(promise -> promise.chance() instanceof Chance.Rests rests ? rests.separation() : 1).orElse(1);
        OptionalInt other = ledger.nearestRound(task.run(), task.round());
        return other.isPresent() && Math.abs((long) other.getAsInt() - task.round()) < separation
                ? Optional.of(Objection.open(
                        "it took part in round " + other.getAsInt() + ", and the privacy of this run"
                                + " counts on each node taking part in one of " + separation + " rounds at most",
                        Effect.QUESTION))
                : Optional.empty();
    }
}
