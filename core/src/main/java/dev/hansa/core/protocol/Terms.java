package dev.hansa.core.protocol;

import java.util.Optional;

/**
 * What a run says of itself to those whose data it asks for. It is a statement and no proof: who is asked decides what to
 * believe of it.
 *
 * @param purpose      for people; may be empty
 * @param rounds       the most that it will have; at least 1
 * @param everyRound   whether everybody is asked in each of them
 * @param leastUpdates how many updates are in a sum at the least, however few come; at least 1
 * @param ownNoise     the noise multiplier of the noise that each client adds to its updates itself, be it a share of what
 *                     all add together; 0 if it adds none
 * @param promise      of noise that the coordinator adds; empty if it adds none
 * @param rows         of noise that each client adds in each step of its training; empty if it adds none, or if that is not
 *                     told
 */
public record Terms(String purpose, int rounds, boolean everyRound, int leastUpdates, double ownNoise,
        Optional<Promise> promise, Optional<Rows> rows) {

    /** Nothing is said of noise in each step. */
    public Terms(String purpose, int rounds, boolean everyRound, int leastUpdates, double ownNoise,
            Optional<Promise> promise) {
        this(purpose, rounds, everyRound, leastUpdates, ownNoise, promise, Optional.empty());
    }

    public Terms {
        require(rounds >= 1, "rounds", rounds, "at least 1");
        require(leastUpdates >= 1, "leastUpdates", leastUpdates, "at least 1");
        require(ownNoise >= 0 && Double.isFinite(ownNoise), "ownNoise", ownNoise, "a finite number of 0 or more");
    }

    /**
     * Noise that the coordinator adds to the sum of each round's updates before anybody else sees it.
     *
     * @param noise  the noise multiplier: the deviation of the noise divided by the clip; finite and greater than 0. With
     *               {@link Chance.Rests} divided by how far a client moves all rounds together, for which it then holds
     * @param chance by which a client is in a round, and that nobody learns
     */
    public record Promise(double noise, Chance chance) {
        public Promise {
            require(noise > 0 && Double.isFinite(noise), "noise", noise, "a finite number greater than 0");
        }
    }

    /**
     * Noise that each client adds in each step to the gradients of rows that it draws by coins ({@link ExamplePrivacy}).
     *
     * @param noise    the noise multiplier, finite and greater than 0
     * @param sampling the probability of each coin, above 0, at most 1
     * @param steps    of a round, at least 1
     */
    public record Rows(double noise, double sampling, int steps) {
        public Rows {
            require(noise > 0 && Double.isFinite(noise), "noise", noise, "a finite number greater than 0");
            require(sampling > 0 && sampling <= 1, "sampling", sampling, "above 0, at most 1");
            require(steps >= 1, "steps", steps, "at least 1");
        }
    }

    /** How clients come into a round. */
    public sealed interface Chance {
        /** All of them, or by no chance that is secret. */
        record None() implements Chance {}

        /**
         * By no chance, but with noise that later rounds take back in part: the promise is one of all rounds together, and
         * counts on each client resting.
         *
         * @param separation from one round of a client to its next, in rounds; at least 1
         */
        record Rests(int separation) implements Chance {
            public Rests {
                require(separation >= 1, "separation", separation, "at least 1");
            }
        }

        /**
         * By a coin of each client's own.
         *
         * @param rate its probability, above 0, at most 1
         */
        record Coins(double rate) implements Chance {
            public Coins {
                require(rate > 0 && rate <= 1, "rate", rate, "above 0, at most 1");
            }
        }

        /**
         * So many of so many.
         *
         * @param cohort at least 1, at most the population
         */
        record FixedSize(int population, int cohort) implements Chance {
            public FixedSize {
                require(cohort >= 1 && cohort <= population, "cohort", cohort, "from 1 to " + population);
            }
        }
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
