package dev.hansa.core.aggregate.robust;

import java.util.function.Supplier;

/**
 * What a rule makes of the values that some vectors have at each place, whatever they have at others.
 *
 * @param chosen the vectors, in the order of the rows; not a copy
 * @param rule   makes the rule for one thread
 */
record PlaceByPlace(Vectors vectors, int[] chosen, Supplier<PlaceRule> rule) implements Combination {
    /** So many values stay near the processor while they are sorted. */
    private static final int NEAR = 1 << 15;
    private static final int FEWEST_PLACES = 1 << 5;

    /** Combines the values of each place. */
    @FunctionalInterface
    interface PlaceRule {
        /**
         * Fills in the result for the places from {@code from} to before {@code to}; may change the rows there.
         *
         * @param rows by vector
         */
        void combine(double[][] rows, int from, int to, double[] result);
    }

    /** Of all vectors. */
    static PlaceByPlace of(Vectors vectors, Supplier<PlaceRule> rule) {
        int[] all = new int[vectors.count()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return new PlaceByPlace(vectors, all, rule);
    }

    @Override
    public Reader reader() {
        PlaceRule places = rule.get();
        double[][] rows = new double[chosen.length][Math.min(vectors.blockSize(), vectors.size())];
        int step = Math.max(FEWEST_PLACES, NEAR / chosen.length);
        return (begin, length, values) -> {
            vectors.read(chosen, begin, length, rows);
            for (int from = 0; from < length; from += step) {
                places.combine(rows, from, Math.min(length, from + step), values);
            }
        };
    }
}
