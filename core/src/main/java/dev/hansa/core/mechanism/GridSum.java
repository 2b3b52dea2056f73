package dev.hansa.core.mechanism;

import dev.hansa.core.model.Chunks;
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
        this.chunks = Chunks.zeros(layout);
    }

    /** Adds the factor times all values, which are finite. */
    void add(ParameterSource source, double factor) {
        source.read((offset, values, from, length) -> {
            for (int i = 0; i < length; i++) {
                double value = factor * values[from + i];
                chunks[(offset + i) / Chunks.LENGTH][(offset + i) % Chunks.LENGTH] +=
                        noise.isPresent() ? noise.get().round(value) : value;
            }
        });
    }

    /** The sum, with noise of that pattern, divided by the number. The sum is gone with this call. */
    ParameterSource takeMean(double number, NoisePattern pattern, RandomBytes random) {
        float[][] means = new float[chunks.length][];
        for (int i = 0; i < chunks.length; i++) {
            double[] chunk = chunks[i];
            int offset = i * Chunks.LENGTH;
            noise.ifPresent(gaussian -> {
                double[] z = new double[chunk.length];
                gaussian.addTo(z, random);
                pattern.shape(offset, z, gaussian.grain());
                for (int k = 0; k < z.length; k++) {
                    chunk[k] += z[k];
                }
            });
            means[i] = Chunks.divided(chunk, number);
            chunks[i] = new double[0];
        }
        return new Chunks(layout, means);
    }
}
