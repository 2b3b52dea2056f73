package dev.hansa.core.strategy;

/**
 * How much an update counts that began from an older model: Xie, Koyejo and Gupta, <i>Asynchronous Federated
 * Optimization</i>, 2019, section 5.1. A fresh update counts 1.
 */
public interface Staleness {

    /**
     * The factor, above 0 and at most 1.
     *
     * @param steps how many steps the model made since the update's training began; 0 or more
     */
    double factor(int steps);

    /** Stale updates count as much as fresh ones. */
    record Constant() implements Staleness {
        @Override
        public double factor(int steps) {
            return 1;
        }
    }

    /**
     * {@code (1 + steps)^-exponent}.
     *
     * @param exponent from 0, which is constant, to 1; ½ is the choice of Nguyen et al., <i>Federated Learning with Buffered
     *                 Asynchronous Aggregation</i>, AISTATS 2022
     */
    record Polynomial(double exponent) implements Staleness {
        public Polynomial {
            if (!(exponent >= 0 && exponent <= 1)) {
                throw new IllegalArgumentException("exponent is " + exponent + ", expected from 0 to 1");
            }
        }

        @Override
        public double factor(int steps) {
            return Math.pow(1.0 + steps, -exponent);
        }
    }

    /**
     * 1 up to {@code free} steps, and {@code 1 / (slope · (steps - free) + 1)} beyond.
     *
     * @param slope greater than 0
     * @param free  0 or more
     */
    record Hinge(double slope, int free) implements Staleness {
        public Hinge {
            if (!(slope > 0) || Double.isInfinite(slope)) {
                throw new IllegalArgumentException("slope is " + slope + ", expected more than 0");
            }
            if (free < 0) {
                throw new IllegalArgumentException("free is " + free + ", expected 0 or more");
            }
        }

        @Override
        public double factor(int steps) {
            return steps <= free ? 1 : 1 / (slope * (steps - free) + 1);
        }
    }
}
