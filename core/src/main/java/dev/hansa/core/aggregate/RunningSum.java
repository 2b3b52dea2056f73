package dev.hansa.core.aggregate;

import dev.hansa.core.model.Chunks;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The weighted sum of many updates, in double precision. It is kept in chunks, so that it need not be held as a whole
 * beside its own mean. For one thread at a time; it uses others itself.
 */
final class RunningSum {
    private final Layout layout;
    private final double[][] chunks;

    RunningSum(Layout layout) {
        this.layout = layout;
        this.chunks = Chunks.zeros(layout);
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
            double[] chunk = chunks[(offset + done) / Chunks.LENGTH];
            int within = (offset + done) % Chunks.LENGTH;
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
            means[i] = Chunks.divided(chunks[i], weight);
            chunks[i] = new double[0];
        });
        return new Chunks(layout, means);
    }
}
