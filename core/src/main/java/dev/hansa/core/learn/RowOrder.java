package dev.hansa.core.learn;

import dev.hansa.core.model.Seed;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The order in which epochs visit the rows: as stored, or shuffled anew (Fisher-Yates) from one seeded stream. */
final class RowOrder {
    private final int[] rows;
    private final boolean shuffle;
    private final SplittableRandom random;

    RowOrder(int rows, boolean shuffle, Seed seed) {
        this.rows = new int[rows];
        Arrays.setAll(this.rows, row -> row);
        this.shuffle = shuffle;
        this.random = seed.random();
    }

    /** All rows in the order of the next epoch; valid until the next call. */
    int[] next() {
        if (shuffle) {
            for (int last = rows.length - 1; last > 0; last--) {
                int other = (int) (random.nextDouble() * (last + 1));
                int row = rows[last];
                rows[last] = rows[other];
                rows[other] = row;
            }
        }
        return rows;
    }
}
