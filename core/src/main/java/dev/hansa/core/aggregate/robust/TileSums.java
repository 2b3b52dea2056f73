package dev.hansa.core.aggregate.robust;

/**
 * Sums over the places of two vectors, tile by tile, by which each sum is the same however many tiles a block has. Four sums
 * grow side by side: a processor need not wait for one addition before it begins the next.
 */
final class TileSums {

    private TileSums() {}

    /** The sum of the squared differences of the places from {@code from} to before {@code to}, of one tile. */
    static double squaredDistance(double[] a, double[] b, int from, int to) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            double difference0 = a[i] - b[i];
            double difference1 = a[i + 1] - b[i + 1];
            double difference2 = a[i + 2] - b[i + 2];
            double difference3 = a[i + 3] - b[i + 3];
            sum0 += difference0 * difference0;
            sum1 += difference1 * difference1;
            sum2 += difference2 * difference2;
            sum3 += difference3 * difference3;
        }
        double sum = sum0 + sum1 + sum2 + sum3;
        for (; i < to; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    /** The sum of the products of the places from {@code from} to before {@code to}, of one tile. */
    static double product(double[] a, double[] b, int from, int to) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        double sum = sum0 + sum1 + sum2 + sum3;
        for (; i < to; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
