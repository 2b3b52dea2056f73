package dev.hansa.core.aggregate.robust;

/**
 * The median of each coordinate; of an even number of updates the mean of the two in the middle.
 *
 * <p>Yin et al., <i>Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates</i>, ICML 2018, Definition 1.
 * Withstands any updates that are less than half of all. One look at the updates.
 */
public record CoordinateMedian() implements RobustRule {

    @Override
    public Combination combined(Vectors updates) {
        return PlaceByPlace.of(updates, () -> CoordinateMedian::combine);
    }

    private static void combine(double[][] rows, int from, int to, double[] result) {
        SortedRows.sort(rows, from, to);
        ofSorted(rows, from, to, result);
    }

    /** The medians of sorted columns. */
    static void ofSorted(double[][] rows, int from, int to, double[] result) {
        double[] low = rows[(rows.length - 1) / 2];
        double[] high = rows[rows.length / 2];
        for (int i = from; i < to; i++) {
            result[i] = (low[i] + high[i]) / 2;
        }
    }
}
