package dev.hansa.core.privacy.distributed;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.event.SharedNoise;
import dev.hansa.core.privacy.noise.RandomBytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Vectors in whole numbers of a granularity, modulo a power of two, and back.
 *
 * @param granularity γ, what 1 stands for; greater than 0
 * @param bits        b of the modulus 2ᵇ; from 2 to 32
 * @param bound       c of the vectors' Euclidean norm; greater than 0
 * @param length      d of the vectors; at least 1
 */
public record Quantisation(double granularity, int bits, double bound, int length) {
    /** With exp(−1/2), what is tried to round is within {@link #roundedNorm} with at least 39 %: section 4.1 of the paper. */
    private static final double BIAS = Math.exp(-0.5);
    private static final int MOST_BITS = 32;
    /** So often what is within the bound four times in ten is not missed: 2⁻⁷⁰⁰. */
    private static final int TRIES = 1000;
    /** Of a bound of more steps double precision is too coarse to say who is within: then who is refused would tell of vectors. */
    private static final double MOST_STEPS = 0x1p40;

    public Quantisation {
        require(granularity > 0 && Double.isFinite(granularity), "granularity", granularity, "greater than 0");
        require(bits >= 2 && bits <= MOST_BITS, "bits", bits, "from 2 to " + MOST_BITS);
        require(bound > 0 && Double.isFinite(bound), "bound", bound, "greater than 0");
        require(length >= 1, "length", length, "at least 1");
        require(bound / granularity <= MOST_STEPS, "bound", bound, "at most 2^40 granularities of " + granularity);
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }

    /**
     * With the finest granularity at which the noised sum of so many vectors hardly leaves the modulus: so many standard
     * deviations of a coordinate are within.
     *
     * @param deviation  of the noise of each client, in units of the vectors
     * @param clients    the most there are
     * @param deviations 4 for a chance of 6e-5 for each coordinate, 6 for 2e-9
     * @throws IllegalArgumentException if the bits are too few for any
     */
    public static Quantisation within(int bits, double bound, int length, double deviation, int clients,
            double deviations) {
        double room = Math.pow(2, 2.0 * bits) - clients * deviations * deviations;
        if (room <= 0) {
            throw new IllegalArgumentException(bits + " bits do not hold the sum of " + clients
                    + " clients, expected at"
                    + " least " + (int) Math.ceil(Math.log(clients * deviations * deviations) / Math.log(4) + 1));
        }
        double spread = Math.sqrt(bound * bound * clients * clients / length + clients * deviation * deviation);
        return new Quantisation(2 * deviations * spread / Math.sqrt(room), bits, bound, length);
    }

    /** Of vectors that are sent. */
    public Layout layout() {
        return layout(length);
    }

    /** Of vectors of that length that are sent. */
    public static Layout layout(int length) {
        return Layout.of(new TensorShape("quantised", List.of(length)));
    }

    /** Δ₂, what the norm is at most once rounded, in whole numbers. */
    public double roundedNorm() {
        return SharedNoise.roundedNorm(bound / granularity, length, BIAS);
    }

    /**
     * Rounds each value up or down by chance, so that it is right in the mean, again and again until the norm is within
     * {@link #roundedNorm}, which is checked in whole numbers.
     *
     * @param vector of the norm of at most the bound
     * @throws IllegalArgumentException if it is longer, or a value is not finite
     */
    public long[] round(double[] vector, RandomBytes random) {
        if (vector.length != length) {
            throw new IllegalArgumentException("got " + vector.length + " values, expected " + length);
        }
        BigInteger most = square(roundedNorm());
        long[] rounded = new long[length];
        for (int attempt = 0; attempt < TRIES; attempt++) {
            for (int i = 0; i < length; i++) {
                double exact = vector[i] / granularity;
                double floor = Math.floor(exact);
                rounded[i] = (long) floor + (uniform(random) < exact - floor ? 1 : 0);
            }
            if (squaredNorm(rounded).compareTo(most) <= 0) {
                return rounded;
            }
        }
        throw new IllegalArgumentException("the vector is longer than the bound " + bound + ", or not finite");
    }

    private static double uniform(RandomBytes random) {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }

    private static BigInteger square(double value) {
        BigDecimal exact = new BigDecimal(value);
        return exact.multiply(exact).toBigInteger();
    }

    static BigInteger squaredNorm(long[] vector) {
        long low = 0;
        long high = 0;
        BigInteger large = BigInteger.ZERO;
        for (long value : vector) {
            long magnitude = Math.abs(value);
            if (magnitude > Integer.MAX_VALUE || magnitude < 0) {
                large = large.add(BigInteger.valueOf(value).pow(2));
                continue;
            }
            long square = magnitude * magnitude;
            low += square & 0xffffffffL;
            high += square >>> Integer.SIZE;
        }
        return BigInteger.valueOf(high).shiftLeft(Integer.SIZE).add(BigInteger.valueOf(low)).add(large);
    }

    /** What of the number is sent: its remainder, from 0 to below 2ᵇ. */
    public long wrap(long value) {
        return value & mask();
    }

    /** The number from −2ᵇ⁻¹ to below 2ᵇ⁻¹ with that remainder. */
    public long unwrap(long remainder) {
        long half = 1L << bits - 1;
        return (remainder + half & mask()) - half;
    }

    private long mask() {
        return (1L << bits) - 1;
    }
}
