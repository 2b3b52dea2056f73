package dev.hansa.core.privacy.rows;

import dev.hansa.core.privacy.clip.Clip;
import dev.hansa.core.privacy.noise.GranularGaussian;
import dev.hansa.core.privacy.noise.RandomBytes;

/**
 * The gradients of a training that hides each row, one step after the other: Abadi et al., <i>Deep Learning with
 * Differential Privacy</i>, CCS 2016, Algorithm 1.
 *
 * <p>Each row's gradient is clipped, and its values are rounded to multiples of the noise's granularity before they are
 * added: below 2⁵³ granularities, which millions of rows do not reach, the sum is exact and so in any order, and one row more
 * or less moves it by that row's part and nothing else. The noise is of the norm that rounded gradients may have.
 *
 * <p>In a step: {@link #draw}, then for each row of it {@link #factor} and {@link #add} for each part of its gradient, then
 * {@link #take} for each part once, be there rows or not. For one thread.
 */
public final class PrivateGradient {
    private static final double COIN = 0x1p53;

    private final double expected;
    /** Of 2⁵³ equally likely numbers those below it draw a row. */
    private final long drawn;
    private final Clip clip;
    private final double room;
    private final GranularGaussian noise;
    private final RandomBytes random;
    private final int[] rows;
    /** In granularities. */
    private final double[] sum;

    /**
     * @param clip     the largest norm of a row's gradient
     * @param noise    the noise multiplier: the deviation of the noise of the sum, divided by the clip
     * @param sampling the probability with which a step draws each row
     * @param rows     that there are; at least 1
     * @param values   of the gradient, all parts together
     * @param random   what coins and noise come from; of this training alone
     */
    public PrivateGradient(double clip, double noise, double sampling, int rows, int values, RandomBytes random) {
        this.expected = sampling * rows;
        this.drawn = (long) (sampling * COIN); // rounded down: never more likely than is charged
        this.clip = new Clip(clip);
        this.room = 1 + values * 0x1p-52;
        this.noise = GranularGaussian.of(noise, clip, values);
        this.random = random;
        this.rows = new int[rows];
        this.sum = new double[values];
    }

    /**
     * Tosses a coin for each row.
     *
     * @return how many were drawn, which are the first of {@link #rows}
     */
    public int draw() {
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (random.nextLong() >>> 11 < drawn) {
                rows[count++] = row;
            }
        }
        return count;
    }

    /** Those that were drawn come first; the array itself, valid until the next draw. */
    public int[] rows() {
        return rows;
    }

    /**
     * What to multiply a row's gradient by, so that it is within the clip; 0 for one that is not finite.
     *
     * @param squared the sum of the squares of the gradient, added up in double precision
     */
    public double factor(double squared) {
        return clip.factor(Math.sqrt(squared) * room); // room for what adding up has rounded off
    }

    /**
     * Adds the factor times these values of a row's gradient.
     *
     * @param at where the part begins
     */
    public void add(int at, double[] part, double factor) {
        if (factor == 0) {
            return; // not a number times 0 is none either
        }
        double scale = factor / noise.grain();
        for (int i = 0; i < part.length; i++) {
            sum[at + i] += Math.rint(scale * part[i]);
        }
    }

    /** The same of so many in single precision, from there on. */
    public void add(int at, float[] values, int from, int length, double factor) {
        if (factor == 0) {
            return;
        }
        double scale = factor / noise.grain();
        for (int i = 0; i < length; i++) {
            sum[at + i] += Math.rint(scale * values[from + i]);
        }
    }

    /** Writes the sum, with noise and divided by the number of rows that are drawn on average, and empties it. */
    public void take(int at, double[] part) {
        for (int i = 0; i < part.length; i++) {
            part[i] = take(at + i);
        }
    }

    /** The same in single precision. */
    public void take(int at, float[] part) {
        for (int i = 0; i < part.length; i++) {
            part[i] = (float) take(at + i);
        }
    }

    private double take(int at) {
        double noised = sum[at] * noise.grain() + noise.next(random);
        sum[at] = 0;
        return noised / expected;
    }
}
