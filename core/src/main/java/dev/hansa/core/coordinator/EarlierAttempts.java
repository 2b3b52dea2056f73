package dev.hansa.core.coordinator;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whom the earlier attempts at one round have asked, and what that means for the next where clients {@linkplain
 * CohortSelector#separation rest} for sure.
 *
 * <p>A client rests after each update that has left it, also after one of an attempt that was abandoned, which no record of
 * a round tells. That very round it may train again: so it is asked again, and others only in the place of those who gave
 * no update. Otherwise each attempt would use up clients whom the next rounds count on.
 */
final class EarlierAttempts {
    private final SortedSet<String> counted = new TreeSet<>();
    private final SortedSet<String> inVain = new TreeSet<>();

    /** @param updated those of the asked whose update could have been counted */
    void add(SortedSet<String> asked, Set<String> updated) {
        inVain.addAll(asked);
        counted.addAll(updated);
        inVain.removeAll(counted);
    }

    /**
     * Who is asked next: as the selector chooses, but those first whose updates came, and those last who were asked in
     * vain.
     */
    SortedSet<String> select(CohortSelector selector, Draw draw) {
        if (selector.separation() == 1 || counted.isEmpty() && inVain.isEmpty()) {
            return selector.select(draw);
        }
        SortedSet<String> chosen = new TreeSet<>(draw.available());
        chosen.retainAll(counted);
        SortedSet<String> others = new TreeSet<>(draw.available());
        others.removeAll(chosen);
        SortedSet<String> fresh = new TreeSet<>(others);
        fresh.removeAll(inVain);
        int places = draw.wanted() - chosen.size();
        if (places > 0) {
            chosen.addAll(selector.select(draw.among(fresh.size() < places ? others : fresh, places)));
        }
        return chosen;
    }
}
