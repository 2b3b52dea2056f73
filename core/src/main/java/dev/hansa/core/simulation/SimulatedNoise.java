package dev.hansa.core.simulation;

import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.privacy.noise.SeededBytes;

/** Noise of simulations: the same each time, so that they can be repeated. It protects nobody. */
public final class SimulatedNoise {
    /** Of the seeds that are in the run file. */
    public static final NoiseSource SEEDED = SeededBytes::new;

    private SimulatedNoise() {}
}
