package dev.hansa.core.mechanism;

import dev.hansa.core.privacy.correlated.BufferedLinear;

/** Noise of which later rounds take a part back; for one round. */
final class CorrelatedNoise implements NoisePattern {
    private final BufferedLinear matrix;
    private final double[][] buffers;

    /** @param buffers what earlier rounds left; changed to what this one leaves */
    CorrelatedNoise(BufferedLinear matrix, double[][] buffers) {
        this.matrix = matrix;
        this.buffers = buffers;
    }

    @Override
    public void shape(int offset, double[] z, double grain) {
        matrix.correlate(z, buffers, offset, grain);
    }

    double[][] buffers() {
        return buffers;
    }
}
