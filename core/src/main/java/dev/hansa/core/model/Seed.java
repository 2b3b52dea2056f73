package dev.hansa.core.model;

import java.util.SplittableRandom;

/**
 * The seed of reproducible choices: cohorts, shuffles, initial weights.
 *
 * <p>Each purpose derives its own seed by name, so that two purposes never share a stream. Nothing that protects anybody
 * (keys, privacy noise) may come from here.
 */
public record Seed(long value) {

    /** The seed of a purpose. */
    public Seed derive(String purpose) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bit
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * 0x100000001b3L;
        }
        return derive(hash);
    }

    /** The seed of a number, such as a round. */
    public Seed derive(long number) {
        return new Seed(new SplittableRandom(value ^ new SplittableRandom(number).nextLong()).nextLong());
    }

    /** A new stream, always the same. */
    public SplittableRandom random() {
        return new SplittableRandom(value);
    }
}
