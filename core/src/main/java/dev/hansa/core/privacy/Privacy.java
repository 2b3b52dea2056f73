package dev.hansa.core.privacy;

import dev.hansa.core.data.Bounds;
import dev.hansa.core.privacy.clip.AdaptiveClip;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The differential privacy of a run's model that is asked for, for each client as a whole, or for each row.
 *
 * @param mechanism  adds the noise
 * @param clip       the largest Euclidean norm of an update; with an adaptive clip that of the first round. Of a row's
 *                   gradient, where rows are hidden. Greater than 0
 * @param noise      the noise multiplier: the deviation of the noise, of the sum, of each client's update or of the sum of a
 *                   step's gradients by mechanism, divided by the clip; greater than 0. Empty for the least with which all rounds keep within ε
 * @param epsilon    the budget ε, which ends the run before it is exceeded; empty for none, then the noise is told
 * @param delta      δ; above 0 and below 1
 * @param accounting who says what it costs; empty for the tightest that knows the mechanism
 * @param statistics how numbers are standardised at a cost; empty if they are not, or what is told for it is exempt
 * @param exempt     what else nodes tell that is not protected
 */
public record Privacy(Mechanism mechanism, double clip, OptionalDouble noise, OptionalDouble epsilon, double delta,
        Optional<Accounting> accounting, Optional<Statistics> statistics, Set<Exempt> exempt) {

    /** What clients tell beside their updates, and no noise protects. */
    public enum Exempt {
        /** Counts and sums of how good the model is on held-out rows. */
        EVALUATION,
        /** Count, sum and sum of squares of each number column, by which numbers are standardised. */
        STATISTICS
    }

    /**
     * How the statistics are hidden by which numbers are standardised.
     *
     * @param epsilon what they cost alone, at the δ of the run; greater than 0
     * @param bounds  by number column, the label among them if it is one
     */
    public record Statistics(double epsilon, SortedMap<String, Bounds> bounds) {
        public Statistics {
            require(epsilon > 0 && Double.isFinite(epsilon), "statistics.epsilon", epsilon,
                    "a finite number greater than 0");
            bounds = Collections.unmodifiableSortedMap(new TreeMap<>(bounds));
        }
    }

    public Privacy {
        require(clip > 0 && Double.isFinite(clip), "clip", clip, "a finite number greater than 0");
        requirePositive("noise", noise, ": without noise there is no privacy to state");
        requirePositive("epsilon", epsilon, "");
        require(delta > 0 && delta < 1, "delta", delta, "above 0 and below 1");
        if (!noise.isPresent() && !epsilon.isPresent()) {
            throw new IllegalArgumentException("neither privacy.noise nor privacy.epsilon is told; expected noise, the"
                    + " noise multiplier, or epsilon, of which the noise follows");
        }
        exempt = Collections.unmodifiableSet(new TreeSet<>(exempt));
        require(!statistics.isPresent() || !exempt.contains(Exempt.STATISTICS), "exempt", exempt,
                "without statistics, which privacy.statistics hides");
        if (statistics.isPresent() && epsilon.isPresent()) {
            double all = epsilon.getAsDouble();
            require(statistics.get().epsilon() < all, "statistics.epsilon", statistics.get().epsilon(),
                    "less than privacy.epsilon, " + all + ", of which the rounds need the rest");
        }
    }

    /** Without statistics at a cost. */
    public Privacy(Mechanism mechanism, double clip, OptionalDouble noise, OptionalDouble epsilon, double delta,
            Optional<Accounting> accounting, Set<Exempt> exempt) {
        this(mechanism, clip, noise, epsilon, delta, accounting, Optional.empty(), exempt);
    }

    /** How the clip follows the updates; empty if it stays. */
    public Optional<AdaptiveClip> adaptive() {
        return mechanism instanceof Mechanism.Central central ? central.adaptive() : Optional.empty();
    }

    private static void requirePositive(String name, OptionalDouble value, String why) {
        require(!value.isPresent() || value.getAsDouble() > 0 && Double.isFinite(value.getAsDouble()), name, value,
                "a finite number greater than 0" + why);
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException("privacy." + name + " is " + value + ", expected " + expected);
        }
    }
}
