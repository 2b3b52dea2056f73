package dev.hansa.client.policy;

import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.policy.Objection.Effect;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Keeps a node from taking part sooner again than a run's promise allows, whoever draws: noise that lasts over rounds hides
 * only who rests ({@link Chance.Rests}), and so seldom at the most as the rest leaves room for.
 *
 * <p>The longest rest counts that the run has named, now or with an update that stands in the ledger: one promise holds for
 * all rounds together, and what was told on it cannot be taken back by naming another.
 */
final class Resting {
    private Resting() {}

    /** The rest on which the promise counts; 1 for none. */
    static int separation(Optional<Terms> terms) {
        return terms.flatMap(Terms::promise)
                .map(promise -> promise.chance() instanceof Chance.Rests rests ? rests.separation() : 1).orElse(1);
    }

    /** Why the node rests in that round; empty if it may train. The round itself may be tried again. */
    static Optional<Objection> objection(Task task, Optional<Terms> terms, Ledger ledger) {
        if (!(task instanceof Task.Fit)) {
            return Optional.empty();
        }
        int separation = Math.max(separation(terms), ledger.separation(task.run()));
        SortedSet<Integer> rounds = new TreeSet<>(ledger.rounds(task.run()));
        rounds.add(task.round());
        Iterator<Integer> each = rounds.iterator();
        int before = each.next();
        while (each.hasNext()) {
            int next = each.next();
            if ((long) next - before < separation) {
                return Optional.of(Objection.open("it took part in " + told(before, next, task.round()) + ", and the"
                        + " privacy of this run counts on each node taking part in one of " + separation
                        + " rounds at most", Effect.QUESTION));
            }
            before = next;
        }
        return Optional.empty();
    }

    /** Those of the two rounds that are not the one that is asked for now. */
    private static String told(int before, int next, int now) {
        return before == now ? "round " + next
                : next == now ? "round " + before : "the rounds " + before + " and " + next;
    }
}
