package dev.hansa.core.learn;

import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Cuts the rows into batches, epoch by epoch: in stored order, or shuffled anew (Fisher-Yates) from one seeded stream. */
final class BatchOrder {
    private final int[] rows;
    private final int batchSize;
    private final boolean shuffle;
    private final SplittableRandom random;

    BatchOrder(int rows, LocalTraining training, Seed seed) {
        this.rows = new int[rows];
        Arrays.setAll(this.rows, row -> row);
        this.batchSize = training.batchSize() == LocalTraining.FULL_BATCH ? rows : training.batchSize();
        this.shuffle = training.shuffle();
        this.random = seed.random();
    }

    List<int[]> nextEpoch() {
        if (shuffle) {
            for (int last = rows.length - 1; last > 0; last--) {
                int other = (int) (random.nextDouble() * (last + 1));
                int row = rows[last];
                rows[last] = rows[other];
                rows[other] = row;
            }
        }
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < rows.length; from += batchSize) {
            batches.add(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + batchSize)));
        }
        return batches;
    }
}
