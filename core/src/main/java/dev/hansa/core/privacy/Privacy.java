package dev.hansa.core.privacy;

import dev.hansa.core.privacy.clip.AdaptiveClip;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * The differential privacy of a run's model, for each client as a whole.
 *
 * @param where    the noise is added
 * @param clip     the largest Euclidean norm of an update; with an adaptive clip that of the first round. Greater than 0
 * @param adaptive how the clip follows the updates; empty if it stays
 * @param noise    the noise multiplier: the deviation of the noise, of the sum or of each client's update by
 *                 {@code where}, divided by the clip; greater than 0
 * @param epsilon  the budget ε, which ends the run before it is exceeded; empty for none
 * @param delta    δ; above 0 and below 1
 * @param accounting who says what it costs
 * @param exempt   what else nodes tell that is not protected
 */
public record Privacy(Where where, double clip, Optional<AdaptiveClip> adaptive, double noise, OptionalDouble epsilon,
        double delta, Accounting accounting, Set<Exempt> exempt) {

    /** Where noise is added, and so whom it protects from. */
    public enum Where {
        /** By the coordinator, to the sum: it sees updates, whoever gets the model does not. */
        CENTRAL,
        /** By each client, to its update: it protects from the coordinator as well. */
        LOCAL
    }

    /** What clients tell beside their updates, and no noise protects. */
    public enum Exempt {
        /** Counts and sums of how good the model is on held-out rows. */
        EVALUATION,
        /** Count, sum and sum of squares of each number column, by which numbers are standardised. */
        STATISTICS
    }

    public Privacy {
        require(clip > 0 && Double.isFinite(clip), "clip", clip, "a finite number greater than 0");
        require(noise > 0 && Double.isFinite(noise), "noise", noise,
                "a finite number greater than 0: without noise there is no privacy to state");
        require(!epsilon.isPresent() || epsilon.getAsDouble() > 0 && Double.isFinite(epsilon.getAsDouble()), "epsilon",
                epsilon, "a finite number greater than 0");
        require(delta > 0 && delta < 1, "delta", delta, "above 0 and below 1");
        require(where == Where.CENTRAL || !adaptive.isPresent(), "adaptive", adaptive,
                "none where clients add the noise, for nobody may know which updates are within the clip");
        adaptive.ifPresent(adapting -> adapting.multiplierOfUpdates(noise));
        exempt = Collections.unmodifiableSet(new TreeSet<>(exempt));
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException("privacy." + name + " is " + value + ", expected " + expected);
        }
    }
}
