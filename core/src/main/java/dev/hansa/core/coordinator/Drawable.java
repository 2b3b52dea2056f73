package dev.hansa.core.coordinator;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All of whom a private run has heard or could draw now, whether they are still there or not: whom its promise is made to,
 * and for how many its δ has to be small enough.
 */
final class Drawable {
    private final PrivacyPlan plan;

    Drawable(PrivacyPlan plan) {
        this.plan = plan;
    }

    /**
     * Why nobody may be asked; empty if the run can keep its promise to all of them.
     *
     * @param described who told of their rows before the first round
     * @param history   the committed rounds
     * @param now       those who are there, in one or more sets
     */
    Optional<String> objection(Set<String> described, List<RoundRecord> history, List<? extends Set<String>> now) {
        long most = described.size() + history.stream().mapToLong(round -> round.clients().size()).sum()
                + now.stream().mapToLong(Set::size).sum();
        if (!plan.objection((int) Math.min(most, Integer.MAX_VALUE)).isPresent()) {
            return Optional.empty(); // however often each of them was counted
        }
        Set<String> all = new HashSet<>(described);
        history.forEach(round -> all.addAll(round.clients().keySet()));
        now.forEach(all::addAll);
        return plan.objection(all.size());
    }
}
