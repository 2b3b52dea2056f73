package dev.hansa.core.protocol;

/**
 * How an update is made smaller before a client sends it.
 *
 * @param values how each value is written
 * @param block  with {@link Values#INT8}: how many values share a scale; from 1 to {@link #LARGEST_BLOCK}
 * @param topK   the fraction of the values that is sent, the largest ones; above 0, at most 1. What is held back is added
 *               to the client's next update
 * @param zstd   whether the bytes are squeezed further, without loss, where they go over a network
 */
public record Compression(Values values, int block, double topK, boolean zstd) {
    public static final int LARGEST_BLOCK = 65_536;
    public static final int USUAL_BLOCK = 256;

    /** Updates are sent as they are. */
    public static final Compression NONE = of(Values.FLOAT32);

    /** How a value is written. */
    public enum Values {
        /** As it is. */
        FLOAT32(4),
        /** IEEE 754 half precision: 11 significant bits, up to 65504. */
        FLOAT16(2),
        /** The upper half of a float: 8 significant bits, the range of a float. */
        BFLOAT16(2),
        /** A whole multiple, from -127 to 127, of its block's scale, rounded up or down at random, right on average. */
        INT8(1);

        private final int bytes;

        Values(int bytes) {
            this.bytes = bytes;
        }

        /** Of one value. */
        public int bytes() {
            return bytes;
        }
    }

    public Compression {
        if (block < 1 || block > LARGEST_BLOCK) {
            throw new IllegalArgumentException("block is " + block + ", expected from 1 to " + LARGEST_BLOCK);
        }
        if (!(topK > 0 && topK <= 1)) {
            throw new IllegalArgumentException("topK is " + topK + ", expected a number above 0, at most 1");
        }
    }

    /** All values, so written. */
    public static Compression of(Values values) {
        return new Compression(values, USUAL_BLOCK, 1, false);
    }

    /** Whether updates are sent as they are. */
    public boolean isNone() {
        return values == Values.FLOAT32 && !isSparse() && !zstd;
    }

    /** Whether only the largest values are sent. */
    public boolean isSparse() {
        return topK < 1;
    }

    /** How many of so many values are sent; at least one. */
    public int kept(int size) {
        return (int) Math.max(Math.min(1, size), Math.ceil(topK * size));
    }

    /** How many bytes so many values take, places and scales included; without headers, and before zstd. */
    public long bytes(int size) {
        int kept = kept(size);
        return (long) kept * (values.bytes() + (isSparse() ? Integer.BYTES : 0)) + (long) scales(kept) * Float.BYTES;
    }

    /** How many scales so many values that are sent have. */
    public int scales(int kept) {
        return values == Values.INT8 ? (int) (((long) kept + block - 1) / block) : 0;
    }
}
