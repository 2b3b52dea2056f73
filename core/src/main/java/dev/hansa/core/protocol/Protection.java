package dev.hansa.core.protocol;

import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a client does to its update before anybody sees it, and what it keeps back: it tells neither its number of rows nor
 * any sum over them, and counts as any other.
 *
 * @param clip      the largest Euclidean norm of the update, over all tensors; finite and greater than 0
 * @param deviation of the noise that the client adds to each value itself; 0 for none, where the coordinator adds it
 * @param tellsFit  whether the client tells if its update was within the clip before it was clipped
 * @param quantised how the update is sent as whole numbers, with noise of such; empty for Gaussian noise, or none
 */
public record Protection(double clip, double deviation, boolean tellsFit, Optional<Quantised> quantised) {

    /**
     * Updates that are rotated, rounded to a granularity, and sent modulo 2ᵇ, so that they can be added under encryption.
     *
     * @param noise       of each client
     * @param bits        b; small enough for whole numbers in single precision
     * @param granularity what 1 stands for; greater than 0
     * @param rotation    of the round, the same for all, and public
     */
    public record Quantised(IntegerNoise noise, int bits, double granularity, Seed rotation) {
        private static final int MOST_BITS = 24;

        public Quantised {
            if (bits < 2 || bits > MOST_BITS) {
                throw new IllegalArgumentException("bits is " + bits + ", expected from 2 to " + MOST_BITS);
            }
            if (!(granularity > 0) || Double.isInfinite(granularity)) {
                throw new IllegalArgumentException(
                        "granularity is " + granularity + ", expected a finite number greater than 0");
            }
        }
    }

    public Protection {
        if (!(clip > 0) || Double.isInfinite(clip)) {
            throw new IllegalArgumentException("clip is " + clip + ", expected a finite number greater than 0");
        }
        if (!(deviation >= 0) || Double.isInfinite(deviation)) {
            throw new IllegalArgumentException("deviation is " + deviation + ", expected a finite number of 0 or more");
        }
        if (tellsFit && (deviation > 0 || quantised.isPresent())) {
            throw new IllegalArgumentException("whether an update is within the clip is told without noise of its own,"
                    + " and the client is to add noise: expected one of them");
        }
        if (quantised.isPresent() && deviation == 0) {
            throw new IllegalArgumentException("deviation is 0, expected noise: a sum of whole numbers has no other");
        }
    }

    /** Sent as it is, clipped; the client adds Gaussian noise if the deviation is more than 0. */
    public Protection(double clip, double deviation, boolean tellsFit) {
        this(clip, deviation, tellsFit, Optional.empty());
    }

    /** What an update tells that it was not to, of a client perhaps that does not know of protection; empty if nothing. */
    public Optional<String> excess(ModelUpdate update) {
        SortedSet<String> told = new TreeSet<>(update.sums().values().keySet());
        if (tellsFit) {
            told.remove(Sums.WITHIN_CLIP);
        }
        return update.weight() == 1 && told.isEmpty()
                ? Optional.empty()
                : Optional.of("it is not protected as it was asked to be: its weight is " + update.weight()
                        + (told.isEmpty() ? "" : ", and it tells " + told)
                        + "; a newer version of Hansa on the node would");
    }
}
