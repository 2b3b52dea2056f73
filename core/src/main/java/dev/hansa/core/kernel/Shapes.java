package dev.hansa.core.kernel;

/** The check of a product before it is worked out. */
public final class Shapes {

    private Shapes() {}

    /**
     * @throws IllegalArgumentException if the product is none that kernels work out
     */
    public static void require(Matrix left, Matrix right, Matrix sum) {
        if (left.rows() != sum.rows() || left.columns() != right.rows() || right.columns() != sum.columns()) {
            throw new IllegalArgumentException("cannot add the product of " + shape(left) + " and " + shape(right)
                    + " to " + shape(sum));
        }
        boolean sideBySide = sum.columnStride() == 1 && (right.columnStride() == 1
                || right.rowStride() == 1 && left.columnStride() == 1 && left.group() == left.columns());
        if (!sideBySide) {
            throw new IllegalArgumentException(
                    "the columns of the sum, and of right or the rows of right and the columns"
                            + " of left, must lie side by side");
        }
    }

    private static String shape(Matrix matrix) {
        return matrix.rows() + " × " + matrix.columns();
    }
}
