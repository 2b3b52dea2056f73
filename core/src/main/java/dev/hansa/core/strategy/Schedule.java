package dev.hansa.core.strategy;

/** How a rate changes from round to round. */
public interface Schedule {

    /**
     * The rate of a round.
     *
     * @param round from 1
     */
    double at(int round);

    /** Always the same. */
    record Constant(double rate) implements Schedule {
        public Constant {
            positive("rate", rate);
        }

        @Override
        public double at(int round) {
            return rate;
        }
    }

    /** {@code from · factor^⌊(round - 1) / every⌋}; every round with {@code every} 1, which is exponential decay. */
    record Step(double from, int every, double factor) implements Schedule {
        public Step {
            positive("from", from);
            positive("factor", factor);
            atLeastOne("every", every);
        }

        @Override
        public double at(int round) {
            return from * Math.pow(factor, (round - 1) / every);
        }
    }

    /** {@code from / √round}, the decay of many convergence proofs. */
    record InverseRoot(double from) implements Schedule {
        public InverseRoot {
            positive("from", from);
        }

        @Override
        public double at(int round) {
            return from / Math.sqrt(round);
        }
    }

    /** In a straight line from the first round to the last; what comes after stays. */
    record Linear(double from, double to, int rounds) implements Schedule {
        public Linear {
            positive("from", from);
            positive("to", to);
            atLeastOne("rounds", rounds);
        }

        @Override
        public double at(int round) {
            return from + (to - from) * progress(round, rounds);
        }
    }

    /**
     * Along half a cosine from the first round to the last: Loshchilov and Hutter, <i>SGDR</i>, ICLR 2017, equation 5,
     * without restarts; what comes after stays.
     */
    record Cosine(double from, double to, int rounds) implements Schedule {
        public Cosine {
            positive("from", from);
            positive("to", to);
            atLeastOne("rounds", rounds);
        }

        @Override
        public double at(int round) {
            return to + (from - to) * (1 + StrictMath.cos(Math.PI * progress(round, rounds))) / 2;
        }
    }

    /** Another schedule, of which the first rounds get only their share: round r of n gets r / (n + 1) of its rate. */
    record WarmUp(int rounds, Schedule then) implements Schedule {
        public WarmUp {
            atLeastOne("rounds", rounds);
        }

        @Override
        public double at(int round) {
            return then.at(round) * Math.min(1, (double) round / (rounds + 1));
        }
    }

    private static double progress(int round, int rounds) {
        return rounds == 1 ? 1 : Math.min(1, (round - 1.0) / (rounds - 1));
    }

    private static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected a finite number greater than 0");
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least 1");
        }
    }
}
