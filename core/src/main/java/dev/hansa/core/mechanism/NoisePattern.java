package dev.hansa.core.mechanism;

/** How the noise of a round depends on that of the rounds before. */
interface NoisePattern {
    /** Not at all. */
    NoisePattern INDEPENDENT = (offset, z, grain) -> {};

    /**
     * Turns independent noise into that which is added.
     *
     * @param offset of the first value in the layout; each part of it comes once
     * @param z      multiples of the grain; overwritten with such
     * @param grain  of what is released: anything finer would tell of the noise of earlier rounds
     */
    void shape(int offset, double[] z, double grain);
}
