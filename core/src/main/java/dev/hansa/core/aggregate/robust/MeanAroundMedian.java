package dev.hansa.core.aggregate.robust;

/**
 * The mean of the n - f values of each coordinate that are closest to its median.
 *
 * <p>Xie, Koyejo and Gupta, <i>Generalized Byzantine-tolerant SGD</i>, arXiv:1802.10116, 2018, the rule "mean around
 * median". One look at the updates.
 *
 * @param f how many updates may be anything
 */
public record MeanAroundMedian(int f) implements RobustRule {

    public MeanAroundMedian {
        Fewest.requireCount("f", f, 0);
    }

    @Override
    public int leastUpdates() {
        return Fewest.updates(2, f, 1);
    }

    @Override
    public Combination combined(Vectors updates) {
        return PlaceByPlace.of(updates, () -> new MeanAround(updates.count() - f));
    }
}
