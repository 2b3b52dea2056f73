package dev.hansa.core.coordinator;

import dev.hansa.core.privacy.event.Sampling;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Chooses who is asked in a round.
 *
 * <p>Pure: the same {@link Draw} gives the same cohort, so a run that was killed draws again as it would have. Equal
 * selectors choose alike.
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
     * Whoever claims chance here chooses by nothing else, and from a seed that is a secret.
     */
    default Optional<Sampling> sampling(Cohort cohort) {
        return Optional.empty();
    }

    /** Why it cannot choose for such a cohort, with the nearest settings that work; empty if it can. */
    default Optional<String> objection(Cohort cohort) {
        return Optional.empty();
    }
}
