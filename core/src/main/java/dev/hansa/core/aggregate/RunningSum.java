package dev.hansa.core.aggregate;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The weighted sum of many updates, in double precision. It is kept in chunks, so that it need not be held as a whole
 * beside its own mean. For one thread at a time; it uses others itself.
 */
final class RunningSum {
    private static final int CHUNK = 1 << 16;

    private final Layout layout;
    private final double[][] chunks;

    RunningSum(Layout layout) {
        this.layout = layout;
        this.chunks = new double[(layout.size() - 1) / CHUNK + 1][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = new double[Math.min(CHUNK, layout.size() - i * CHUNK)];
        }
    }

    /**
     * Adds the factor times all values. If one is not finite, or cannot be read, the sum is spoilt.
     *
     * @throws UnusableUpdateException if a value is not finite
     */
    void add(ParameterSource source, double factor) {
        int none = layout.size();
        Usable.requireNone(source, Lanes.each(none, (begin, end) -> {
            int[] first = {none};
            source.read(begin, end, (offset, values, from, length) -> {
                first[0] = Math.min(first[0], Usable.firstNotFinite(offset, values, from, length, none));
                add(factor, offset, values, from, length);
            });
            return first[0];
        }));
    }

    /** Nothing has been added. */
    void clear() {
        for (double[] chunk : chunks) {
            Arrays.fill(chunk, 0);
        }
    }

    private void add(double factor, int offset, float[] values, int from, int length) {
        for (int done = 0; done < length;) {
            double[] chunk = chunks[(offset + done) / CHUNK];
            int within = (offset + done) % CHUNK;
            int count = Math.min(length - done, chunk.length - within);
            for (int i = 0; i < count; i++) {
                chunk[within + i] += factor * values[from + done + i];
            }
            done += count;
        }
    }

    /** The sum divided by the weight, rounded once. The sum is gone with this call. */
    ParameterSource takeMean(double weight) {
        float[][] means = new float[chunks.length][];
        IntStream.range(0, chunks.length).parallel().forEach(i -> {
            double[] chunk = chunks[i];
            means[i] = new float[chunk.length];
            for (int k = 0; k < chunk.length; k++) {
                means[i][k] = (float) (chunk[k] / weight);
            }
            chunks[i] = new double[0];
        });
        return new Chunks(layout, means);
    }

    private record Chunks(Layout layout, float[][] chunks) implements ParameterSource {

        @Override
        public void read(BlockReader reader) {
            for (int i = 0; i < chunks.length; i++) {
                reader.accept(i * CHUNK, chunks[i], 0, chunks[i].length);
            }
        }

        @Override
        public boolean isInMemory() {
            return true;
        }
    }
}
