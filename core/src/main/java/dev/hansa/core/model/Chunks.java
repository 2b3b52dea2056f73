package dev.hansa.core.model;

/**
 * Values of a model in several arrays, one behind the other, each but the last of {@link #LENGTH}: a sum in double precision
 * can turn into its mean chunk by chunk, and is never whole beside it. The arrays are not copied; nobody changes them any
 * more.
 *
 * @param chunks as many values as the layout has
 */
public record Chunks(Layout layout, float[][] chunks) implements ParameterSource {
    /** Of each array but the last. */
    public static final int LENGTH = 1 << 16;

    public Chunks {
        int size = 0;
        for (float[] chunk : chunks) {
            size += chunk.length;
        }
        if (size != layout.size()) {
            throw new IllegalArgumentException("got " + size + " values for a model of " + layout.size());
        }
    }

    /** Zeros in double precision. */
    public static double[][] zeros(Layout layout) {
        double[][] zeros = new double[(layout.size() - 1) / LENGTH + 1][];
        for (int i = 0; i < zeros.length; i++) {
            zeros[i] = new double[Math.min(LENGTH, layout.size() - i * LENGTH)];
        }
        return zeros;
    }

    /** The quotients, each rounded once. */
    public static float[] divided(double[] sums, double divisor) {
        float[] quotients = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            quotients[i] = (float) (sums[i] / divisor);
        }
        return quotients;
    }

    @Override
    public void read(BlockReader reader) {
        for (int i = 0; i < chunks.length; i++) {
            reader.accept(i * LENGTH, chunks[i], 0, chunks[i].length);
        }
    }

    @Override
    public boolean isInMemory() {
        return true;
    }
}
