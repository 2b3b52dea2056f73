package dev.hansa.core.aggregate.robust;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Vectors in memory, in double precision.
 *
 * @param values by vector and place
 */
record ArrayVectors(double[][] values, double[] weights, int blockSize) implements Vectors {

    /** Each weighs the same. */
    static ArrayVectors of(double[]... values) {
        double[] weights = new double[values.length];
        Arrays.fill(weights, 1);
        return new ArrayVectors(values, weights, Slice.TILE);
    }

    /** Values from -1 to 1. */
    static ArrayVectors random(SplittableRandom random, int count, int size) {
        double[][] values = new double[count][size];
        for (double[] vector : values) {
            for (int i = 0; i < size; i++) {
                vector[i] = random.nextDouble(-1, 1);
            }
        }
        return of(values);
    }

    ArrayVectors withBlocksOf(int places) {
        return new ArrayVectors(values, weights, places);
    }

    /** All places of what the rule makes of them. */
    double[] combinedBy(RobustRule rule) {
        return read(rule.combined(this));
    }

    /** All places of the combination of them. */
    double[] read(Combination combination) {
        double[] all = new double[size()];
        Slice.each(this, slice -> {
            Combination.Reader reader = combination.reader();
            double[] block = new double[slice.blockSize()];
            slice.forEachBlock((begin, length) -> {
                reader.read(begin, length, block);
                System.arraycopy(block, 0, all, begin, length);
            });
            return slice;
        });
        return all;
    }

    @Override
    public int count() {
        return values.length;
    }

    @Override
    public int size() {
        return values[0].length;
    }

    @Override
    public double weight(int vector) {
        return weights[vector];
    }

    @Override
    public boolean isCostly() {
        return false;
    }

    @Override
    public void add(int vector, double factor, int begin, int length, double[] sum) {
        for (int i = 0; i < length; i++) {
            sum[i] += factor * values[vector][begin + i];
        }
    }
}
