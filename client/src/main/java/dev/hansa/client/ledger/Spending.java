package dev.hansa.client.ledger;

import dev.hansa.core.privacy.accounting.Happened;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.SelfComposed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was told of one data set, and what it has cost.
 *
 * <p>The unit is the data set as a whole, and so each row and each person in it; neighbours are two data sets of which one
 * is in the place of the other ({@link Adjacency#REPLACE_ONE}).
 */
public final class Spending {
    private final Map<DpEvent, Long> happened;

    private Spending(Map<DpEvent, Long> happened) {
        this.happened = happened;
    }

    /** Nothing was told. */
    public static Spending none() {
        return new Spending(Map.of());
    }

    /** With that, too. */
    public Spending plus(DpEvent event) {
        Map<DpEvent, Long> sum = new LinkedHashMap<>(happened);
        Happened.in(event).counts().forEach((once, count) -> sum.merge(once, count, Math::addExact));
        return new Spending(sum);
    }

    /**
     * The least ε that is known to hold.
     *
     * @return infinite if anything was told without protection
     */
    public double epsilon(double delta) {
        if (happened.containsKey(new NonPrivate())) {
            return Double.POSITIVE_INFINITY;
        }
        List<DpEvent> fixed = new ArrayList<>();
        List<DpEvent> others = new ArrayList<>();
        happened.forEach((once, count) -> (once instanceof FixedSizeSampled ? fixed : others)
                .add(new SelfComposed(once, count)));
        if (fixed.isEmpty()) {
            return others.isEmpty() ? 0 : tight(others, delta);
        } else if (others.isEmpty()) {
            return bound(fixed, delta);
        }
        try {
            List<DpEvent> all = new ArrayList<>(fixed);
            all.addAll(others);
            return bound(all, delta);
        } catch (IllegalArgumentException e) { // no accountant knows both: what holds of each alone adds up
            return bound(fixed, delta / 2) + tight(others, delta / 2);
        }
    }

    private static double tight(List<DpEvent> events, double delta) {
        return new PldAccountant().curve(new Composed(events), Adjacency.REPLACE_ONE).epsilon(delta);
    }

    /** Of cohorts of fixed size only Rényi divergences are known. */
    private static double bound(List<DpEvent> events, double delta) {
        return new RdpAccountant().curve(new Composed(events), Adjacency.REPLACE_ONE).epsilon(delta);
    }
}
