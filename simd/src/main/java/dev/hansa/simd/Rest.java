package dev.hansa.simd;

import dev.hansa.core.kernel.Matrix;

/**
 * What whole vectors leave over of stretches of floats: turned on its side, it fills vectors again. Each thread has a buffer
 * and views of its own, so that a product makes none.
 */
final class Rest {
    private static final int MOST_COLUMNS = 256;
    private static final ThreadLocal<Rest> OF_THREAD = ThreadLocal.withInitial(Rest::new);

    private final float[] turned = new float[(Vectors.LENGTH - 1) * MOST_COLUMNS];
    private final Matrix restOfLeft = Matrix.of(turned, 0, 0);
    private final Matrix restOfRight = Matrix.of(turned, 0, MOST_COLUMNS);
    private final Matrix columnsOfSum = Matrix.of(turned, 0, 0);

    private Rest() {}

    /** Adds the product of the columns of the left, and the rows of the right, from {@code begin} on. */
    static void add(float scale, int begin, Matrix left, Matrix right, Matrix sum) {
        OF_THREAD.get().addFrom(begin, scale, left, right, sum);
    }

    private void addFrom(int begin, float scale, Matrix left, Matrix right, Matrix sum) {
        int depth = left.columns() - begin;
        restOfLeft.like(left).at(left.offset() + begin).columns(depth);
        columnsOfSum.like(sum);
        for (int column = 0; column < right.columns(); column += MOST_COLUMNS) {
            int columns = Math.min(MOST_COLUMNS, right.columns() - column);
            turn(right, begin, depth, column, columns);
            RowProducts.add(scale, restOfLeft, restOfRight.rows(depth).columns(columns),
                    columnsOfSum.at(sum.offset() + column).columns(columns));
        }
    }

    private void turn(Matrix right, int begin, int depth, int column, int columns) {
        float[] values = right.values();
        for (int i = 0; i < columns; i++) {
            int from = right.offset() + (column + i) * right.columnStride() + begin;
            for (int k = 0; k < depth; k++) {
                turned[k * MOST_COLUMNS + i] = values[from + k];
            }
        }
    }
}
