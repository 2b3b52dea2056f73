package dev.hansa.core.privacy.distributed;

import dev.hansa.core.model.Seed;
import java.util.SplittableRandom;

/**
 * Spreads a vector evenly over its coordinates, so that the largest of them is hardly more than the others and fits a small
 * modulus: H D x / √d, D being signs that everybody knows and H the Walsh-Hadamard matrix. It keeps norms. Suresh, Yu,
 * Kumar, McMahan, <i>Distributed Mean Estimation with Limited Communication</i>, ICML 2017, section 3.
 */
public final class Rotation {
    /** The longest vector, as doubles in one array. */
    private static final int MOST = 1 << 28;

    private final int length;
    private final boolean[] negative;

    /**
     * @param size of the vectors; at least 1 and at most 2²⁸
     * @param seed of the signs; public
     */
    public Rotation(int size, Seed seed) {
        this.length = length(size);
        this.negative = new boolean[length];
        SplittableRandom random = seed.random();
        for (int i = 0; i < length; i++) {
            negative[i] = random.nextBoolean();
        }
    }

    /**
     * Of rotated vectors: the next power of two from the size on.
     *
     * @param size at least 1 and at most 2²⁸
     */
    public static int length(int size) {
        if (size < 1 || size > MOST) {
            throw new IllegalArgumentException("the size is " + size + ", expected from 1 to " + MOST);
        }
        return size == 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }

    /** With these signs. */
    Rotation(boolean... negative) {
        this.length = negative.length;
        this.negative = negative.clone();
    }

    /** Of rotated vectors: the next power of two from the size on. */
    public int length() {
        return length;
    }

    /** Rotates in place a vector of the {@link #length}, with zeros behind its values. */
    public void apply(double[] vector) {
        require(vector);
        sign(vector);
        transform(vector);
    }

    /** Undoes {@link #apply}. */
    public void undo(double[] vector) {
        require(vector);
        transform(vector);
        sign(vector);
    }

    private void require(double[] vector) {
        if (vector.length != length) {
            throw new IllegalArgumentException("got " + vector.length + " values, expected " + length);
        }
    }

    private void sign(double[] vector) {
        for (int i = 0; i < length; i++) {
            vector[i] = negative[i] ? -vector[i] : vector[i];
        }
    }

    /** H x / √d, which is its own inverse. */
    static void transform(double[] x) {
        for (int half = 1; half < x.length; half <<= 1) {
            for (int begin = 0; begin < x.length; begin += half << 1) {
                for (int i = begin; i < begin + half; i++) {
                    double sum = x[i] + x[i + half];
                    x[i + half] = x[i] - x[i + half];
                    x[i] = sum;
                }
            }
        }
        double scale = 1 / Math.sqrt(x.length);
        for (int i = 0; i < x.length; i++) {
            x[i] *= scale;
        }
    }
}
