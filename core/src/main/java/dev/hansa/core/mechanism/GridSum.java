package dev.hansa.core.mechanism;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.privacy.noise.GranularGaussian;
import dev.hansa.core.privacy.noise.RandomBytes;
import java.util.Optional;

/**
 * A sum of updates whose values are rounded to multiples of the granularity of noise, in double precision: below 2⁵³
 * granularities, which many thousand clipped updates do not reach, it is exact. For one thread.
 */
final class GridSum {
    private static final int CHUNK = 1 << 16;

    private final Layout layout;
    private final Optional<GranularGaussian> noise;
    private final double[][] chunks;

    /** Without noise. */
    GridSum(Layout layout) {
        this(layout, Optional.empty());
    }

    GridSum(Layout layout, GranularGaussian noise) {
        this(layout, Optional.of(noise));
    }

    private GridSum(Layout layout, Optional<GranularGaussian> noise) {
        this.layout = layout;
        this.noise = noise;
        this.chunks = new double[(layout.size() - 1) / CHUNK + 1][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = new double[Math.min(CHUNK, layout.size() - i * CHUNK)];
        }
    }

    /** Adds the factor times all values, which are finite. */
    void add(ParameterSource source, double factor) {
        source.read((offset, values, from, length) -> {
            for (int i = 0; i < length; i++) {
                double value = factor * values[from + i];
                chunks[(offset + i) / CHUNK][(offset + i) % CHUNK] +=
                        noise.isPresent() ? noise.get().round(value) : value;
            }
        });
    }

    /** The sum, with noise of that pattern, divided by the number. The sum is gone with this call. */
    ParameterSource takeMean(double number, NoisePattern pattern, RandomBytes random) {
        float[][] means = new float[chunks.length][];
        for (int i = 0; i < chunks.length; i++) {
            double[] chunk = chunks[i];
            int offset = i * CHUNK;
            noise.ifPresent(gaussian -> {
                double[] z = new double[chunk.length];
                gaussian.addTo(z, random);
                pattern.shape(offset, z, gaussian.grain());
                for (int k = 0; k < z.length; k++) {
                    chunk[k] += z[k];
                }
            });
            means[i] = new float[chunk.length];
            for (int k = 0; k < chunk.length; k++) {
                means[i][k] = (float) (chunk[k] / number);
            }
            chunks[i] = new double[0];
        }
        return new Mean(layout, means);
    }

    private record Mean(Layout layout, float[][] chunks) implements ParameterSource {

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
