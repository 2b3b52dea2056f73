package dev.hansa.core.aggregate.robust;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The updates of a round as rules see them: vectors of one size, numbered from 0, in double precision. Their values are
 * read by ranges, as often as a rule needs them. Safe for several threads.
 */
interface Vectors {

    /** How many there are. */
    int count();

    /** How many values each has. */
    int size();

    /** How much the vector counts where a rule weighs; greater than 0. */
    double weight(int vector);

    /** Whether reading a part of a vector takes as long as reading all of it. */
    boolean isCostly();

    /** How many places of all vectors are best read at a time; a multiple of {@link Slice#TILE}. */
    int blockSize();

    /** Adds the factor times the values from the place {@code begin} on to the first {@code length} of the array. */
    void add(int vector, double factor, int begin, int length, double[] sum);

    /** Fills the first {@code length} of the array with the values from the place {@code begin} on. */
    default void read(int vector, int begin, int length, double[] values) {
        Arrays.fill(values, 0, length, 0);
        add(vector, 1, begin, length, values);
    }

    /**
     * {@link #read} for several vectors. Processors share costly ones; of others each reads its own {@link Slice}.
     *
     * @param chosen the vectors, in the order of the rows
     */
    default void read(int[] chosen, int begin, int length, double[][] rows) {
        IntStream each = IntStream.range(0, chosen.length);
        (isCostly() ? each.parallel() : each).forEach(row -> read(chosen[row], begin, length, rows[row]));
    }

    /** {@link #read} for each vector. */
    default void readAll(int begin, int length, double[][] rows) {
        read(IntStream.range(0, count()).toArray(), begin, length, rows);
    }
}
