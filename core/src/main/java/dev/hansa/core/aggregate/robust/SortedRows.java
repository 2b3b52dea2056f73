package dev.hansa.core.aggregate.robust;

/**
 * Sorts many short columns at once. The columns lie side by side, so that two rows are compared place by place, without a
 * branch, and processors compare several places at once.
 *
 * <p>K. E. Batcher's merge exchange, for any number of rows: D. E. Knuth, <i>The Art of Computer Programming</i>, volume 3,
 * section 5.2.2, Algorithm M.
 */
final class SortedRows {

    private SortedRows() {}

    /** Sorts each column from {@code from} to before {@code to}: the smallest value comes to the first row. */
    static void sort(double[][] rows, int from, int to) {
        if (rows.length < 2) {
            return;
        }
        int top = Integer.highestOneBit(rows.length - 1);
        for (int p = top; p > 0; p >>= 1) {
            for (int q = top, r = 0, distance = p; q >= p; distance = q - p, q >>= 1, r = p) {
                exchange(rows, p, r, distance, from, to);
            }
        }
    }

    private static void exchange(double[][] rows, int p, int r, int distance, int from, int to) {
        for (int i = 0; i < rows.length - distance; i++) {
            if ((i & p) == r) {
                exchange(rows[i], rows[i + distance], from, to);
            }
        }
    }

    private static void exchange(double[] low, double[] high, int from, int to) {
        for (int i = from; i < to; i++) {
            double a = low[i];
            double b = high[i];
            low[i] = Math.min(a, b);
            high[i] = Math.max(a, b);
        }
    }
}
