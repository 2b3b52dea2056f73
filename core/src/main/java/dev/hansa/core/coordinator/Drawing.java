package dev.hansa.core.coordinator;

import dev.hansa.core.privacy.Accounting;
import dev.hansa.core.privacy.Privacy.Where;
import dev.hansa.core.privacy.accounting.Calibration;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.privacy.event.SelfComposed;

/**
 * How the cohorts of a private run are drawn, as it is charged: sampling and noise belong together.
 *
 * @param sampling  how the cohort of a round comes about
 * @param adjacency of the promise, which goes with the sampling
 * @param expected  how many clients a round has on average, by which sums are divided; greater than 0
 * @param least     how many clients have to be there for a draw
 */
public record Drawing(Sampling sampling, Adjacency adjacency, double expected, int least) {

    /**
     * @param where the noise is added
     * @throws IllegalArgumentException if the cohort is drawn in a way that nothing is proven of
     */
    public static Drawing of(Where where, Cohort cohort) {
        if (where == Where.LOCAL) { // the coordinator knows who is drawn, and is not trusted
            return new Drawing(new Sampling.Everyone(), Adjacency.REPLACE_ONE, cohort.asked().orElse(cohort.nodes()),
                    cohort.minimumReports());
        }
        Sampling sampling = cohort.selector().sampling(cohort)
                .orElseThrow(() -> new IllegalArgumentException("nothing is proven of the privacy of cohorts that are"
                        + " chosen by " + cohort.selector().getClass().getSimpleName()
                        + "; expected cohort.select: uniform or poisson, and no cohort.separation"));
        if (sampling instanceof Sampling.Poisson poisson) {
            return new Drawing(sampling, Adjacency.ADD_OR_REMOVE_ONE, poisson.rate() * cohort.nodes(), 1);
        }
        return sampling instanceof Sampling.FixedSize
                ? new Drawing(sampling, Adjacency.REPLACE_ONE, cohort.size().getAsInt(), cohort.nodes())
                : new Drawing(sampling, Adjacency.ZERO_OUT, cohort.nodes(), cohort.minimumReports());
    }

    /** What happens in a round with that noise multiplier, in relation to the clip. */
    DpEvent round(double noise) {
        return sampling.event(Gaussian.of(noise, 1, adjacency), adjacency);
    }

    /** The tightest accountant that knows it. */
    public Accounting accounting() {
        return sampling instanceof Sampling.FixedSize ? Accounting.RDP : Accounting.PLD;
    }

    /** The least noise multiplier, in relation to the clip, with which so many rounds keep within (ε, δ). */
    public double noise(Accounting accounting, double epsilon, double delta, int rounds) {
        return new Calibration(accounting.accountant(), adjacency, epsilon, delta)
                .noiseMultiplier(noise -> new SelfComposed(round(noise), rounds));
    }

    /** Whether a draw goes on however few clients it has: else who is drawn would tell of the others. */
    boolean takesAny() {
        return sampling instanceof Sampling.Poisson;
    }

    /** Whether it claims chance, so that nobody may know who is drawn. */
    boolean isSecret() {
        return !(sampling instanceof Sampling.Everyone);
    }
}
