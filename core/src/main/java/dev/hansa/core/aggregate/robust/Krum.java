package dev.hansa.core.aggregate.robust;

/**
 * The one update that is nearest to its n - f - 2 nearest others, by the sum of squared distances.
 *
 * <p>Blanchard et al., <i>Machine Learning with Adversaries: Byzantine Tolerant Gradient Descent</i>, NeurIPS 2017, section
 * 4. One look at all updates, and one at the chosen.
 *
 * @param f how many updates may be anything
 */
public record Krum(int f) implements RobustRule {

    public Krum {
        Fewest.requireCount("f", f, 0);
    }

    @Override
    public int leastUpdates() {
        return Fewest.updates(2, f, 3);
    }

    @Override
    public Combination combined(Vectors updates) {
        return Linear.mean(updates, new Neighbourhoods(Distances.squared(updates)).best(f, 1));
    }
}
