package dev.hansa.core.simulation;

import java.util.SplittableRandom;

/** Numbers drawn from distributions. */
final class Draws {

    private Draws() {}

    /** Of mean 0 and deviation 1: Box and Muller, of which one half is enough. */
    static double normal(SplittableRandom random) {
        // 1 - u is never 0
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /**
     * The logarithm of a gamma-distributed number of that shape and scale 1: of a small shape the number itself is often too
     * small to be written. Marsaglia and Tsang, <i>A Simple Method for Generating Gamma Variables</i>, ACM TOMS 2000;
     * section 6 for shapes below 1.
     */
    static double logGamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            return logGamma(shape + 1, random) + Math.log(1 - random.nextDouble()) / shape;
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = normal(random);
            double root = 1 + c * x;
            double v = root * root * root;
            if (root > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return Math.log(d) + Math.log(v);
            }
        }
    }
}
