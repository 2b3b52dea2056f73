package dev.hansa.core.mechanism;

/** How the noise of a round depends on that of the rounds before. */
interface NoisePattern {
    /** Not at all. */
    NoisePattern INDEPENDENT = (offset, z) -> {};

    /**
     * Turns independent noise into that which is added.
     *
     * @param offset of the first value in the layout; each part of it comes once
     * @param z      overwritten
     */
    void shape(int offset, double[] z);
}
