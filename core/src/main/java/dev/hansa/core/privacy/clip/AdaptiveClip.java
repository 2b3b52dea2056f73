package dev.hansa.core.privacy.clip;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A clip that follows a quantile of the updates' norms: Andrew, Thakkar, McMahan, Ramaswamy, <i>Differentially Private
 * Learning with Adaptive Clipping</i>, NeurIPS 2021, Algorithm 1. Each client tells beside its update whether its norm is
 * within the clip; the sum of these bits gets noise of its own. Update and bit together are one Gaussian mechanism of the
 * noise multiplier that the run has: the noise of the updates is a little larger for it.
 *
 * @param initial   the clip of the first round; greater than 0. From 0.1 to 10 it takes 46 rounds and more
 * @param quantile  the part of the clients whose updates are to be within; above 0, below 1
 * @param rate      how fast the clip follows; above 0, at most 1
 * @param bitNoise  the standard deviation of the noise of the sum of bits; greater than 0
 */
public record AdaptiveClip(double initial, double quantile, double rate, double bitNoise) {

    public AdaptiveClip {
        require(initial > 0 && Double.isFinite(initial), "initial", initial, "a finite number greater than 0");
        require(quantile > 0 && quantile < 1, "quantile", quantile, "above 0 and below 1");
        require(rate > 0 && rate <= 1, "rate", rate, "above 0, at most 1");
        require(bitNoise > 0 && Double.isFinite(bitNoise), "bitNoise", bitNoise, "a finite number greater than 0");
    }

    private static void require(boolean good, String name, double value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }

    private static String shown(double value, RoundingMode mode) {
        return BigDecimal.valueOf(value).round(new MathContext(4, mode)).stripTrailingZeros().toPlainString();
    }

    /** What a client adds to the sum of bits: a half with its sign, so that one client moves it by no more than that. */
    public static double bit(double norm, double clip) {
        return norm <= clip ? 0.5 : -0.5;
    }

    /**
     * The noise multiplier of the updates, (z⁻² − (2σ)⁻²)^(−1/2), so that together with the bits it is z.
     *
     * @throws IllegalArgumentException if the bits alone tell more than z allows, which is where z is 2σ or more
     */
    public double multiplierOfUpdates(double z) {
        if (z >= 2 * bitNoise) {
            throw new IllegalArgumentException("privacy.clip.noise is " + shown(bitNoise, RoundingMode.HALF_EVEN)
                    + " (the deviation of the noise of how many updates were within the clip), and the noise multiplier is "
                    + shown(z, RoundingMode.HALF_EVEN) + ": those bits alone would tell more than is promised; expected"
                    + " more than " + shown(z / 2, RoundingMode.CEILING)
                    + ", half the noise multiplier, or a noise multiplier below twice that, "
                    + shown(2 * bitNoise, RoundingMode.FLOOR));
        }
        return 1 / Math.sqrt(1 / (z * z) - 1 / (4 * bitNoise * bitNoise));
    }

    /**
     * The clip of the next round.
     *
     * @param clip    of this one
     * @param bits    the sum of the bits, with its noise
     * @param clients the expected number of clients, by which sums are divided, however many there were
     */
    public double next(double clip, double bits, double clients) {
        double within = Math.max(0, Math.min(1, bits / clients + 0.5));
        return clip * Math.exp(-rate * (within - quantile));
    }
}
