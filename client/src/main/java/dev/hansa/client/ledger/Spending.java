package dev.hansa.client.ledger;

import dev.hansa.core.privacy.accounting.Happened;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DiscreteGaussianSum;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.event.SkellamSum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was told of one data set, and what it has cost.
 *
 * <p>Neighbours are two data sets of which one is in the place of the other ({@link Adjacency#REPLACE_ONE}), as a whole or in
 * a single row, by {@link Unit}; the number of rows is known. However many kinds of events were told, no more than some are
 * told apart, so that nobody who chooses them decides how long their sum takes: {@link FewSampled}.
 */
public final class Spending {
    private static final int AT_THE_USUAL_INTERVAL = 2;
    /** Answers and the tasks before them ask for the same ε; to work it out takes a second where coins were tossed. */
    private static final Map<Asked, Double> WORKED_OUT =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Asked, Double> eldest) {
                    return size() > 64;
                }
            });

    private final Map<DpEvent, Long> happened;

    private record Asked(Spending spending, double delta) {}

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
        try {
            Happened.in(event).counts()
                    .forEach((once, count) -> sum.merge(FewSampled.of(once, sum.keySet()), count, Math::addExact));
        } catch (ArithmeticException e) { // more often than can be counted
            sum.put(new NonPrivate(), 1L);
        }
        return new Spending(sum);
    }

    /**
     * The least ε that is known to hold.
     *
     * @return infinite if anything was told without protection, or no accountant can work out what it has cost
     */
    public double epsilon(double delta) {
        if (happened.containsKey(new NonPrivate())) {
            return Double.POSITIVE_INFINITY;
        }
        Asked asked = new Asked(this, delta);
        Double known = WORKED_OUT.get(asked);
        if (known != null) {
            return known;
        }
        double epsilon;
        try {
            epsilon = workOut(delta);
        } catch (RuntimeException | StackOverflowError e) { // of extreme numbers that a coordinator names
            epsilon = Double.POSITIVE_INFINITY;
        }
        epsilon = Double.isNaN(epsilon) ? Double.POSITIVE_INFINITY : epsilon;
        WORKED_OUT.put(asked, epsilon);
        return epsilon;
    }

    private double workOut(double delta) {
        List<DpEvent> shares = new ArrayList<>();
        List<DpEvent> rest = new ArrayList<>();
        happened.forEach((once, count) -> (isShare(once) ? shares : rest).add(new SelfComposed(once, count)));
        if (shares.isEmpty()) {
            return epsilonOf(rest, delta);
        }
        boolean plain = happened.keySet().stream().allMatch(once -> isShare(once) || once instanceof Gaussian);
        if (plain) { // how far these move is in them, whatever the neighbours are
            shares.addAll(rest);
            return bound(shares, Adjacency.ZERO_OUT, delta);
        }
        return bound(shares, Adjacency.ZERO_OUT, delta / 2) + epsilonOf(rest, delta / 2);
    }

    /** Whole numbers that were exchanged for others: {@code SharedNoise.replacingOne}. */
    private static boolean isShare(DpEvent once) {
        return once instanceof SkellamSum || once instanceof DiscreteGaussianSum;
    }

    private static double epsilonOf(List<DpEvent> events, double delta) {
        List<DpEvent> fixed = new ArrayList<>();
        List<DpEvent> others = new ArrayList<>();
        events.forEach(event -> (event instanceof SelfComposed all && all.event() instanceof FixedSizeSampled
                ? fixed : others).add(event));
        if (fixed.isEmpty()) {
            return others.isEmpty() ? 0 : tight(others, delta);
        } else if (others.isEmpty()) {
            return bound(fixed, Adjacency.REPLACE_ONE, delta);
        }
        try {
            return bound(events, Adjacency.REPLACE_ONE, delta);
        } catch (IllegalArgumentException e) { // no accountant knows both: what holds of each alone adds up
            return bound(fixed, Adjacency.REPLACE_ONE, delta / 2) + tight(others, delta / 2);
        }
    }

    private static double tight(List<DpEvent> events, double delta) {
        double interval = PldAccountant.USUAL_INTERVAL;
        for (int sampled = FewSampled.count(events); sampled > AT_THE_USUAL_INTERVAL; sampled = (sampled + 1) / 2) {
            interval *= 2; // each has its grid, and the coarser one costs a little more
        }
        return new PldAccountant(interval).curve(new Composed(events), Adjacency.REPLACE_ONE).epsilon(delta);
    }

    /** Where only Rényi divergences are known. */
    private static double bound(List<DpEvent> events, Adjacency adjacency, double delta) {
        return new RdpAccountant().curve(new Composed(events), adjacency).epsilon(delta);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Spending that && happened.equals(that.happened);
    }

    @Override
    public int hashCode() {
        return happened.hashCode();
    }
}
