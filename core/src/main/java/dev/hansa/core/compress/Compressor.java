package dev.hansa.core.compress;

import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Compression;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes updates smaller, as a {@link Compression} says. The same input and seed give the same bits on every machine.
 *
 * <p>Bytes are rounded at random as in Alistarh et al., <i>QSGD: Communication-Efficient SGD via Gradient Quantization and
 * Encoding</i>, NeurIPS 2017, section 3.1, with the largest value of a block in the place of the norm: with the scale
 * s = max |x| / 127, x becomes s⌊x/s + u⌋ for u uniform in [0, 1), whose expectation is x.
 */
public final class Compressor {
    private static final int MOST = 127;
    private static final double UNIT = 0x1p-31;

    private Compressor() {}

    /**
     * @param seed of the rounding
     * @throws IllegalArgumentException if a value is not finite
     * @throws UnwritableValueException if a value is too large to be written so
     */
    public static CompressedParameters compress(Parameters input, Compression compression, Seed seed) {
        float[] values = input.toArray();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " is " + values[i] + ", expected a finite number");
            }
        }
        Optional<int[]> gaps = Optional.empty();
        if (compression.isSparse()) {
            int[] places = Largest.places(values, compression.kept(values.length));
            values = gather(values, places);
            gaps = Optional.of(gaps(places));
        }
        Payload payload = switch (compression.values()) {
            case FLOAT32 -> new Payload.Floats(values);
            case FLOAT16 -> halves(values, false);
            case BFLOAT16 -> halves(values, true);
            case INT8 -> bytes(values, compression.block(), seed.random());
        };
        return CompressedParameters.owning(compression, input.layout(), gaps, payload);
    }

    private static float[] gather(float[] values, int[] places) {
        float[] kept = new float[places.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = values[places[i]];
        }
        return kept;
    }

    /** Small numbers, most of whose bytes are zero: what zstd makes little of. */
    private static int[] gaps(int[] places) {
        int[] gaps = new int[places.length];
        int expected = 0;
        for (int i = 0; i < places.length; i++) {
            gaps[i] = places[i] - expected;
            expected = places[i] + 1;
        }
        return gaps;
    }

    private static Payload halves(float[] values, boolean brain) {
        short[] halves = new short[values.length];
        int infinite = brain ? 0x7f80 : 0x7c00;
        for (int i = 0; i < halves.length; i++) {
            halves[i] = brain ? BFloat16.of(values[i]) : Float16.of(values[i]);
            if ((halves[i] & 0x7fff) == infinite) {
                throw new UnwritableValueException(values[i],
                        brain ? "bfloat16, which holds up to 3.39e38" : "float16, which holds up to 65504");
            }
        }
        return new Payload.Halves(halves, brain);
    }

    private static Payload bytes(float[] values, int block, SplittableRandom random) {
        byte[] bytes = new byte[values.length];
        float[] scales = new float[(int) (((long) values.length + block - 1) / block)];
        for (int b = 0; b < scales.length; b++) {
            int from = b * block;
            int to = (int) Math.min(values.length, (long) from + block);
            float scale = scale(values, from, to);
            scales[b] = scale;
            if (scale > 0) {
                for (int i = from; i < to; i++) {
                    double chance = (random.nextInt() >>> 1) * UNIT;
                    // Above zero the cast rounds down; from -127 to 127 all of it is.
                    bytes[i] = (byte) ((int) (values[i] / (double) scale + chance + MOST) - MOST);
                }
            }
        }
        return new Payload.Bytes(bytes, scales, block);
    }

    /** The least float of which no value of the block is more than 127 times as large. */
    private static float scale(float[] values, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        float scale = largest / MOST;
        if ((double) scale * MOST < largest) {
            scale = Math.nextUp(scale);
        }
        if (Float.isInfinite(scale * MOST)) {
            throw new UnwritableValueException(largest, "int8, whose scale holds a little less");
        }
        return scale;
    }
}
