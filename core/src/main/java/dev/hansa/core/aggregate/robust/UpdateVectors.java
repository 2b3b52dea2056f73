package dev.hansa.core.aggregate.robust;

import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import java.util.Collections;
import java.util.List;

/**
 * Updates that are read from where they are.
 *
 * @param sources   of the same layout
 * @param weights   by source
 * @param isCostly  whether reading a part of a source takes as long as reading all of it
 * @param blockSize how many places are read at a time
 */
record UpdateVectors(List<ParameterSource> sources, double[] weights, boolean isCostly, int blockSize)
        implements
            Vectors {
    /** Of all updates together: with fewer values at a time more time goes into opening files than into reading them. */
    private static final int VALUES = 1 << 20;

    /** With blocks that together take no more memory than two models, but for small ones. */
    static UpdateVectors of(List<ParameterSource> sources, double[] weights, boolean costly) {
        int size = sources.get(0).layout().size();
        int values = Math.max(VALUES, costly ? size : size / 4);
        int tiles = Math.max(1, values / sources.size() / Slice.TILE);
        return new UpdateVectors(sources, weights, costly, tiles * Slice.TILE);
    }

    /** The one vector. */
    static UpdateVectors of(Parameters parameters) {
        return of(Collections.singletonList(parameters), new double[]{1}, false);
    }

    @Override
    public int count() {
        return sources.size();
    }

    @Override
    public int size() {
        return sources.get(0).layout().size();
    }

    @Override
    public double weight(int vector) {
        return weights[vector];
    }

    @Override
    public void add(int vector, double factor, int begin, int length, double[] sum) {
        sources.get(vector).read(begin, begin + length, (offset, values, from, count) -> {
            for (int i = 0; i < count; i++) {
                sum[offset - begin + i] += factor * values[from + i];
            }
        });
    }
}
