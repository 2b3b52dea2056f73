package dev.hansa.core.mechanism;

import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.Sampling;

/**
 * How the cohorts of a private run are drawn, as it is charged: sampling and noise belong together.
 *
 * @param sampling   how the cohort of a round comes about
 * @param adjacency  of the promise, which goes with the sampling
 * @param expected   how many clients a round has on average, by which sums are divided; greater than 0
 * @param least      how many clients have to be there for a draw
 * @param reports    how many updates are counted for sure
 * @param separation from one round of a client to its next, in rounds; at least 1
 */
public record Drawing(Sampling sampling, Adjacency adjacency, double expected, int least, int reports,
        int separation) {

    /** What happens in a round with that noise multiplier, in relation to the clip. */
    DpEvent round(double noise) {
        return sampling.event(Gaussian.of(noise, 1, adjacency), adjacency);
    }

    /** Whether a draw goes on however few clients it has: else who is drawn would tell of the others. */
    public boolean takesAny() {
        return sampling instanceof Sampling.Poisson;
    }

    /** Whether it claims chance, so that nobody may know who is drawn. */
    public boolean isSecret() {
        return !(sampling instanceof Sampling.Everyone);
    }
}
