package dev.hansa.core.aggregate.robust;

import java.util.Arrays;

/**
 * The mean of each coordinate without its f smallest and its f largest values.
 *
 * <p>Yin et al., <i>Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates</i>, ICML 2018, Definition 2
 * with β = f / n. One look at the updates.
 *
 * @param f how many updates may be anything
 */
public record TrimmedMean(int f) implements RobustRule {

    public TrimmedMean {
        Fewest.requireCount("f", f, 0);
    }

    @Override
    public int leastUpdates() {
        return Fewest.updates(2, f, 1);
    }

    @Override
    public Combination combined(Vectors updates) {
        return PlaceByPlace.of(updates, () -> this::combine);
    }

    private void combine(double[][] rows, int from, int to, double[] result) {
        SortedRows.sort(rows, from, to);
        Arrays.fill(result, from, to, 0);
        for (int row = f; row < rows.length - f; row++) {
            double[] values = rows[row];
            for (int i = from; i < to; i++) {
                result[i] += values[i];
            }
        }
        int kept = rows.length - 2 * f;
        for (int i = from; i < to; i++) {
            result[i] /= kept;
        }
    }
}
