package dev.hansa.core.privacy.noise;

/**
 * Many integers of exactly the discrete Gaussian distribution, x with a probability proportional to exp(-x² / (2 s²)), at
 * some nanoseconds each.
 *
 * <p>Rejection from steps above the bell: its right half is cut into blocks of one width; a block is drawn by the integer
 * weight of its step (Walker's alias method, on integers), a place in it by uniform bits, and it is kept with the ratio of the
 * bell to the step. That ratio is computed in double precision, and compared with as many random bits as are at hand; where
 * its rounding error leaves the outcome open, which happens once in billions of draws, {@link ExactRatio} computes it to as
 * many digits as decide. So no draw depends on how numbers are rounded, and the only deviation is that what is more than
 * {@value #REACH} s from 0 is never drawn: a total variation distance below 2⁻¹²⁰.
 */
final class DiscreteGaussian implements IntegerSampler {
    /** Half the logarithm of what lies beyond: exp(-13² / 2) is below 2⁻¹²¹. */
    private static final int REACH = 13;
    /** The least blocks of one s. */
    private static final int BLOCKS_PER_S_LOG = 3;
    /** Beyond, squares of what is drawn are not held by double precision as the error bound has it. */
    private static final double LARGEST = 0x1p40;
    /** Below, 1 / s² is infinite; far above all but 0 is never drawn already. */
    private static final double LEAST = 0x1p-500;
    /** Bound of the error of a ratio in double precision: of the exponent, which is at most 85, and of exp. */
    private static final double ERROR = 0x1p-43;

    private final double s;
    private final double exponent;
    private final int widthLog;
    private final AliasTable blocks;
    /** By block: a ratio is exp(exponent x²) times this. */
    private final double[] overStep;
    /** By block: fewer random bits than this are below any ratio of it. */
    private final long[] surely;
    private final int bits;

    /**
     * @param s the parameter, close to the standard deviation from 1 on; from 2⁻⁵⁰⁰ to 2⁴⁰
     * @throws IllegalArgumentException if it is not
     */
    DiscreteGaussian(double s) {
        if (!(s >= LEAST && s <= LARGEST)) {
            throw new IllegalArgumentException("s is " + s + ", expected from 2^-500 to 2^40");
        }
        this.s = s;
        this.exponent = -1 / (2 * s * s);
        this.widthLog = Math.max(0, Math.getExponent(s) - BLOCKS_PER_S_LOG);
        this.bits = Long.SIZE - 1 - widthLog;
        double[] heights = new double[(int) Math.ceil(Math.scalb(REACH * s, -widthLog)) + 1];
        for (int block = 0; block < heights.length; block++) {
            heights[block] = bell(left(block));
        }
        this.blocks = AliasTable.above(heights);
        this.overStep = new double[heights.length];
        this.surely = new long[heights.length];
        for (int block = 0; block < heights.length; block++) {
            overStep[block] = blocks.scale() / blocks.weight(block);
            double least = overStep[block] * bell(left(block + 1) - 1) - ERROR;
            surely[block] = (long) Math.floor(Math.scalb(Math.max(0, least), bits));
        }
    }

    private long left(int block) {
        return (long) block << widthLog;
    }

    private double bell(long x) {
        return Math.exp(exponent * (double) x * (double) x);
    }

    @Override
    public long next(RandomBytes random) {
        while (true) {
            long first = random.nextLong();
            int block = blocks.draw(first);
            if (block == AliasTable.NONE) {
                continue;
            }
            long second = random.nextLong();
            long x = left(block) + (second & (1L << widthLog) - 1);
            long drawn = second >>> widthLog + 1;
            if ((drawn < surely[block] || isKept(block, x, drawn, random))
                    && !(x == 0 && AliasTable.spareBit(first))) {
                return AliasTable.spareBit(first) ? -x : x;
            }
        }
    }

    /** Whether a uniform number, of which the first bits are drawn, is below the ratio. */
    private boolean isKept(int block, long x, long drawn, RandomBytes random) {
        double ratio = overStep[block] * bell(x);
        double unit = Math.scalb(1.0, -bits);
        if (((double) drawn + 1) * unit <= ratio - ERROR) {
            return true;
        }
        return drawn * unit < ratio + ERROR
                && new ExactRatio(s, x, blocks.scale(), blocks.weight(block)).isAbove(drawn, bits, random);
    }
}
