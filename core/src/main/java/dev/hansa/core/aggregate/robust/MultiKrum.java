package dev.hansa.core.aggregate.robust;

import java.util.OptionalInt;

/**
 * The mean of the m updates that {@link Krum} finds best.
 *
 * <p>Blanchard et al., <i>Machine Learning with Adversaries: Byzantine Tolerant Gradient Descent</i>, NeurIPS 2017:
 * Multi-Krum. One look at all updates, and one at the chosen.
 *
 * @param f how many updates may be anything
 * @param m how many are chosen, n - f at most; if it is not said n - f - 2
 */
public record MultiKrum(int f, OptionalInt m) implements RobustRule {

    public MultiKrum {
        Fewest.requireCount("f", f, 0);
        m.ifPresent(chosen -> Fewest.requireCount("m", chosen, 1));
    }

    /** Chooses n - f - 2 of n updates. */
    public MultiKrum(int f) {
        this(f, OptionalInt.empty());
    }

    @Override
    public int leastUpdates() {
        return Math.max(Fewest.updates(2, f, 3), Fewest.updates(1, f, m.orElse(1)));
    }

    @Override
    public Combination combined(Vectors updates) {
        int chosen = m.orElse(updates.count() - f - 2);
        return Linear.mean(updates, new Neighbourhoods(Distances.squared(updates)).best(f, chosen));
    }
}
