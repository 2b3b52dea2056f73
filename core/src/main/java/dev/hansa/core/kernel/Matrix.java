package dev.hansa.core.kernel;

/**
 * A movable view of floats as a matrix. The value of row r and column c lies at
 * {@code offset + r * rowStride + c * columnStride}, or, where columns come in groups, at
 * {@code offset + r * rowStride + (c / group) * groupStride + (c % group) * columnStride}.
 *
 * <p>Views are made once and moved over what they look at, so that a step of training makes none. Not safe for several
 * threads.
 */
public final class Matrix {
    private float[] values;
    private int rowStride;
    private int columnStride;
    private int group;
    private int groupStride;
    private int offset;
    private int rows;
    private int columns;

    private Matrix(float[] values, int rows, int columns, int rowStride, int columnStride, int group,
            int groupStride) {
        this.values = values;
        this.rows = rows;
        this.columns = columns;
        this.rowStride = rowStride;
        this.columnStride = columnStride;
        this.group = group;
        this.groupStride = groupStride;
    }

    /** Rows one behind the other. */
    public static Matrix of(float[] values, int rows, int columns) {
        return strided(values, rows, columns, columns, 1);
    }

    /** The transpose of {@code rows × columns} values whose rows lie one behind the other. */
    public static Matrix transposed(float[] values, int rows, int columns) {
        return strided(values, columns, rows, 1, columns);
    }

    /** With any distance between rows, and between columns. */
    public static Matrix strided(float[] values, int rows, int columns, int rowStride, int columnStride) {
        return new Matrix(values, rows, columns, rowStride, columnStride, 0, 0);
    }

    /** With {@code groups} groups of so many columns. */
    public static Matrix grouped(float[] values, int rows, int rowStride, int groups, int groupStride, int group,
            int columnStride) {
        return new Matrix(values, rows, groups * group, rowStride, columnStride, group, groupStride);
    }

    /** Looks at what begins there. */
    public Matrix at(int newOffset) {
        offset = newOffset;
        return this;
    }

    /** Looks at the same places of other floats. */
    public Matrix over(float[] others) {
        values = others;
        return this;
    }

    /** Looks at what the other looks at now. */
    public Matrix like(Matrix other) {
        values = other.values;
        rowStride = other.rowStride;
        columnStride = other.columnStride;
        group = other.group;
        groupStride = other.groupStride;
        offset = other.offset;
        rows = other.rows;
        columns = other.columns;
        return this;
    }

    /** Looks at so many rows. */
    public Matrix rows(int number) {
        rows = number;
        return this;
    }

    /** Looks at so many columns, which come in no groups. */
    public Matrix columns(int number) {
        columns = number;
        group = 0;
        return this;
    }

    public float[] values() {
        return values;
    }

    public int offset() {
        return offset;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public int rowStride() {
        return rowStride;
    }

    public int columnStride() {
        return columnStride;
    }

    /** The columns of a group: all of them where there are no groups. */
    public int group() {
        return group == 0 ? columns : group;
    }

    public int groupStride() {
        return groupStride;
    }
}
