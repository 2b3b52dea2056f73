package dev.hansa.core.coordinator;

import dev.hansa.core.privacy.event.Sampling;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * Chooses who is asked in a round.
 *
 * <p>Pure but for secret coins: the same {@link Draw} gives the same cohort, so a run that was killed draws again as it would
 * have. Equal selectors choose alike.
 */
public interface CohortSelector {

    /**
     * Some of those available. Fewer than the draw's minimum if its rule wants it so: then nobody is asked, the draw is
     * told of as abandoned, and another is made.
     */
    SortedSet<String> select(Draw draw);

    /** Whether it can choose for a place that has become free as well as for all places of a round. */
    default boolean choosesOneByOne() {
        return true;
    }

    /**
     * What chance there is in who is chosen, as the privacy of a round is charged; empty if nothing is proven of it.
     * Whoever claims chance here chooses by nothing but {@link Draw#coins}, which are secret then.
     */
    default Optional<Sampling> sampling(Cohort cohort) {
        return Optional.empty();
    }

    /** From one round of a client to its next, so many rounds for sure; at least 1. */
    default int separation() {
        return 1;
    }

    /** The same, of which what it says of rounds between two of a client holds for sure. */
    default CohortSelector strictly() {
        return this;
    }

    /** Those who may not be chosen after these rounds, even if there are too few others. */
    default Set<String> resting(List<RoundRecord> history) {
        return Collections.emptySet();
    }

    /** Why it cannot choose for such a cohort, with the nearest settings that work; empty if it can. */
    default Optional<String> objection(Cohort cohort) {
        return Optional.empty();
    }
}
