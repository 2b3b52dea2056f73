package dev.hansa.core.aggregate.robust;

import java.util.Arrays;

/**
 * Sums over the places of two vectors, tile by tile, by which each sum is the same however many tiles a block has. Made so
 * that processors add up several places at once. For one thread.
 */
final class TileSums {
    private static final int WIDTH = 128;
    /** Few enough to be added one after the other. */
    private static final int LAST = 8;

    private final double[] sums = new double[WIDTH];

    /** The sum of the squared differences of the places from {@code from} to before {@code to}, of one tile. */
    double squaredDistance(double[] a, double[] b, int from, int to) {
        Arrays.fill(sums, 0);
        for (int at = from; at < to; at += WIDTH) {
            int length = Math.min(WIDTH, to - at);
            for (int i = 0; i < length; i++) {
                double difference = a[at + i] - b[at + i];
                sums[i] += difference * difference;
            }
        }
        return total();
    }

    /** The sum of the products of the places from {@code from} to before {@code to}, of one tile. */
    double product(double[] a, double[] b, int from, int to) {
        Arrays.fill(sums, 0);
        for (int at = from; at < to; at += WIDTH) {
            int length = Math.min(WIDTH, to - at);
            for (int i = 0; i < length; i++) {
                sums[i] += a[at + i] * b[at + i];
            }
        }
        return total();
    }

    private double total() {
        for (int half = WIDTH / 2; half >= LAST; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[half + i];
            }
        }
        double total = 0;
        for (int i = 0; i < LAST; i++) {
            total += sums[i];
        }
        return total;
    }
}
