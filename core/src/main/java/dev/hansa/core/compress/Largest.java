package dev.hansa.core.compress;

/**
 * Finds the values that are largest in magnitude, in time that grows with their number alone.
 *
 * <p>The bits of a float that is not negative are in the order of its value: two counts over 16 and 15 of them find the
 * least magnitude that is kept.
 */
final class Largest {
    private static final int LOWER_BITS = 15;
    private static final int LOWER = (1 << LOWER_BITS) - 1;

    private Largest() {}

    /**
     * The places of the largest, rising; of equal ones the first.
     *
     * @param kept how many; at most as many as there are
     */
    static int[] places(float[] values, int kept) {
        int[] counts = new int[1 << 31 - LOWER_BITS];
        for (float value : values) {
            counts[magnitude(value) >>> LOWER_BITS]++;
        }
        int upper = counts.length;
        int above = 0; // values that are larger than any that has these upper bits
        while (upper > 0 && above + counts[upper - 1] < kept) {
            above += counts[--upper];
        }
        int[] fine = new int[1 << LOWER_BITS];
        for (float value : values) {
            int magnitude = magnitude(value);
            if (magnitude >>> LOWER_BITS == upper - 1) {
                fine[magnitude & LOWER]++;
            }
        }
        int lower = fine.length;
        while (lower > 0 && above + fine[lower - 1] < kept) {
            above += fine[--lower];
        }
        return places(values, (upper - 1 << LOWER_BITS) + lower - 1, kept - above, kept);
    }

    /**
     * @param least magnitude that is kept
     * @param equal how many of that very magnitude are
     */
    private static int[] places(float[] values, int least, int equal, int kept) {
        int[] places = new int[kept];
        int equalLeft = equal;
        for (int i = 0, found = 0; found < kept; i++) {
            int magnitude = magnitude(values[i]);
            if (magnitude > least || magnitude == least && equalLeft-- > 0) {
                places[found++] = i;
            }
        }
        return places;
    }

    private static int magnitude(float value) {
        return Float.floatToRawIntBits(value) & 0x7fffffff;
    }
}
