package dev.hansa.core.privacy.accounting;

import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.SelfComposed;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;

/**
 * What may be done within (ε, δ), as an accountant counts: the least noise, the most rounds.
 *
 * @param epsilon greater than 0
 * @param delta   in (0, 1)
 */
public record Calibration(PrivacyAccountant accountant, Adjacency adjacency, double epsilon, double delta) {
    private static final double LEAST_NOISE = 1e-3;
    private static final double MOST_NOISE = 1e6;
    /** Of the noise multiplier, relative. */
    private static final double EXACTNESS = 1e-6;

    public Calibration {
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "epsilon is " + epsilon + ", expected a finite number greater than 0: usual are 0.1 to 10");
        }
        Questions.delta(delta);
    }

    /**
     * The least noise multiplier with which a run keeps within (ε, δ): to a millionth, and never too little.
     *
     * @param run what happens with a noise multiplier; more noise costs less
     * @throws IllegalArgumentException if no noise multiplier up to a million is enough
     */
    public double noiseMultiplier(DoubleFunction<DpEvent> run) {
        double low = 1;
        double high = 1;
        while (excess(run, high) > 0) {
            low = high;
            high *= 2;
            if (high > MOST_NOISE) {
                throw new IllegalArgumentException("no noise multiplier up to " + MOST_NOISE + " keeps within epsilon "
                        + epsilon + " and delta " + delta + ": allow more, or have fewer rounds or a smaller rate");
            }
        }
        while (low == high || excess(run, low) <= 0) {
            high = low;
            low /= 2;
            if (low < LEAST_NOISE) {
                return high;
            }
        }
        return narrowed(run, Math.log(low), Math.log(high));
    }

    /**
     * False position between logarithms, with the kept end's excess halved (the Illinois rule) and never nearer to an end than half
     * of the exactness, so that both ends close in.
     */
    private double narrowed(DoubleFunction<DpEvent> run, double tooLow, double enough) {
        double low = tooLow;
        double high = enough;
        double above = excess(run, Math.exp(low));
        double below = excess(run, Math.exp(high));
        while (high - low > EXACTNESS) {
            double guess = Double.isInfinite(above) || Double.isInfinite(below) ? (low + high) / 2
                    : (low * below - high * above) / (below - above);
            double next = Math.max(low + EXACTNESS / 2, Math.min(high - EXACTNESS / 2, guess));
            double excess = excess(run, Math.exp(next));
            if (excess > 0) {
                low = next;
                above = excess;
                below /= 2;
            } else {
                high = next;
                below = excess;
                above /= 2;
            }
        }
        return Math.exp(high);
    }

    /** By how much more than ε a run costs, as the logarithm of their ratio. */
    private double excess(DoubleFunction<DpEvent> run, double noiseMultiplier) {
        return Math.log(accountant.curve(run.apply(noiseMultiplier), adjacency).epsilon(delta) / epsilon);
    }

    /**
     * The most rounds within (ε, δ).
     *
     * @param round what happens in each
     * @param most  how many are wanted at most, 0 or more
     * @return from 0 to most
     */
    public long rounds(DpEvent round, long most) {
        return rounds(most, count -> new SelfComposed(round, count));
    }

    /**
     * The most rounds within (ε, δ).
     *
     * @param run what happens in so many rounds, at least one; more of them cost more
     */
    public long rounds(long most, LongFunction<DpEvent> run) {
        if (most < 0) {
            throw new IllegalArgumentException(
                    "most is " + most + ", expected a whole number of at least 0: it is how many rounds are wanted");
        }
        long affordable = 0;
        long tooMany = 1;
        while (tooMany <= most && affords(run.apply(tooMany))) {
            affordable = tooMany;
            tooMany = Math.max(tooMany + 1, Math.min(2 * tooMany, most));
        }
        tooMany = Math.min(tooMany, most + 1);
        while (tooMany - affordable > 1) {
            long middle = affordable + (tooMany - affordable) / 2;
            if (affords(run.apply(middle))) {
                affordable = middle;
            } else {
                tooMany = middle;
            }
        }
        return affordable;
    }

    private boolean affords(DpEvent event) {
        return accountant.curve(event, adjacency).epsilon(delta) <= epsilon;
    }
}
