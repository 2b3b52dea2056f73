package dev.hansa.core.privacy.promise;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.audit.RepeatedAudit;
import java.util.SplittableRandom;

/** A mechanism that is played, with a canary among its clients or without. */
@FunctionalInterface
public interface Trial {
    /** How much what was released looks like the canary. */
    double score(boolean canary, Seed seed);

    /** What many plays prove, as many with the canary as without. */
    default RepeatedAudit audit(int plays, Seed seed, double delta, double confidence) {
        double[] with = new double[plays];
        double[] without = new double[plays];
        for (int i = 0; i < plays; i++) {
            with[i] = score(true, seed.derive("with").derive(i));
            without[i] = score(false, seed.derive("without").derive(i));
        }
        return RepeatedAudit.of(with, without, delta, confidence);
    }

    /** Values of no more than one, either way. */
    static double[] vector(int size, Seed seed) {
        SplittableRandom random = seed.random();
        return random.doubles(size, -1, 1).toArray();
    }

    /** Of that length, as long as it is. */
    static double[] ofNorm(double norm, double[] vector) {
        double squares = product(vector, vector);
        double[] scaled = new double[vector.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = vector[i] * norm / Math.sqrt(squares);
        }
        return scaled;
    }

    /** Σ a b. */
    static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
