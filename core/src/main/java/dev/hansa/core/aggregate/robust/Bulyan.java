package dev.hansa.core.aggregate.robust;

import java.util.Arrays;

/**
 * Of θ = n - 2 f updates, which {@link Krum} chooses one after the other, the mean of the θ - 2 f values of each
 * coordinate that are closest to its median: an update cannot hide one bad coordinate among many good ones.
 *
 * <p>El Mhamdi, Guerraoui and Rouault, <i>The Hidden Vulnerability of Distributed Learning in Byzantium</i>, ICML 2018. One look at all updates, and one at the chosen: distances do not change when an update is chosen.
 * With f below 3 the last scores have one neighbour each, by which the two nearest updates are always equally good, and the
 * first is chosen.
 *
 * @param f how many updates may be anything
 */
public record Bulyan(int f) implements RobustRule {

    public Bulyan {
        Fewest.requireCount("f", f, 0);
    }

    @Override
    public int leastUpdates() {
        return Fewest.updates(4, f, 3);
    }

    @Override
    public Combination combined(Vectors updates) {
        int[] chosen = new Neighbourhoods(Distances.squared(updates)).bestAmongTheRest(f, updates.count() - 2 * f);
        Arrays.sort(chosen);
        return new PlaceByPlace(updates, chosen, () -> new MeanAround(chosen.length - 2 * f));
    }
}
