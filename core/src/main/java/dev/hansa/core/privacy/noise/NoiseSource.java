package dev.hansa.core.privacy.noise;

import dev.hansa.core.model.Seed;

/** Where the bytes of noise, and of draws that are a secret, come from: keys that nobody knows, but in simulations. */
@FunctionalInterface
public interface NoiseSource {
    /** Bytes that nobody can foresee, new ones each time, whatever they are for. */
    NoiseSource SECRET = purpose -> SecureBytes.fresh();

    /** @param purpose what the bytes are for; a simulation gives the same for the same purpose */
    RandomBytes bytes(Seed purpose);
}
