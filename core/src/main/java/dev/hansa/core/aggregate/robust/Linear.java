package dev.hansa.core.aggregate.robust;

import java.util.Arrays;

/**
 * The sum of vectors, each times a coefficient. A vector whose coefficient is 0 is not read.
 *
 * @param coefficients by vector; not a copy
 */
record Linear(Vectors vectors, double[] coefficients) implements Combination {

    /** The mean of the chosen vectors, each as much as the other. */
    static Linear mean(Vectors vectors, int... chosen) {
        double[] coefficients = new double[vectors.count()];
        for (int vector : chosen) {
            coefficients[vector] = 1.0 / chosen.length;
        }
        return new Linear(vectors, coefficients);
    }

    @Override
    public Reader reader() {
        return (begin, length, values) -> {
            Arrays.fill(values, 0, length, 0);
            for (int vector = 0; vector < coefficients.length; vector++) {
                if (coefficients[vector] != 0) {
                    vectors.add(vector, coefficients[vector], begin, length, values);
                }
            }
        };
    }

    /** The same of a block of all vectors that has been read. */
    void of(double[][] block, int length, double[] values) {
        Arrays.fill(values, 0, length, 0);
        for (int vector = 0; vector < coefficients.length; vector++) {
            double[] row = block[vector];
            double coefficient = coefficients[vector];
            for (int i = 0; coefficient != 0 && i < length; i++) {
                values[i] += coefficient * row[i];
            }
        }
    }
}
