package dev.hansa.core.coordinator;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.noise.RandomBytes;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * The chance by which a cohort is drawn: from a seed that everybody knows, or from bytes that nobody does but in
 * simulations. Where privacy is charged for not knowing who was drawn, nothing but the second will do: a seed of 64 bits can
 * be guessed, and found by those who know of themselves that they were drawn.
 */
public sealed interface Coins {

    /** Whether the client's own coin falls, as it does with that probability; others' coins do not depend on it. */
    boolean falls(String client, double probability);

    /** Numbers, each from 0 to below the bound that it is asked with, above 0, and as likely as any other. */
    IntUnaryOperator numbers();

    /** The same each time. */
    record Known(Seed seed) implements Coins {

        @Override
        public boolean falls(String client, double probability) {
            return seed.derive(client).random().nextDouble() < probability;
        }

        @Override
        public IntUnaryOperator numbers() {
            SplittableRandom random = seed.random();
            return bound -> (int) (random.nextDouble() * bound);
        }
    }

    /**
     * Others each time that they are asked.
     *
     * @param bytes that nobody can foresee, but in simulations; of this draw alone
     */
    record Secret(RandomBytes bytes) implements Coins {
        /** Probabilities are rounded down to multiples of one by this, so that nobody is drawn more often than is charged. */
        private static final double STEPS = 0x1p53;

        @Override
        public boolean falls(String client, double probability) {
            return bytes.nextLong() >>> Long.SIZE - 53 < (long) (probability * STEPS);
        }

        /** Without what makes some numbers likelier: the last, incomplete part of the range is drawn again. */
        @Override
        public IntUnaryOperator numbers() {
            return bound -> {
                long all = 1L << Integer.SIZE;
                long fair = all - all % bound;
                long drawn = bytes.next(Integer.BYTES);
                while (drawn >= fair) {
                    drawn = bytes.next(Integer.BYTES);
                }
                return (int) (drawn % bound);
            };
        }
    }
}
