package dev.hansa.cli.promise;

import java.util.Locale;

/**
 * What ε means to somebody who knows everything else: by how much it can move what they believe. For neighbouring data sets the
 * probabilities of what is released differ by e^ε at most, and so do odds before and after (Wasserman and Zhou, <i>A Statistical
 * Framework for Differential Privacy</i>, 2010).
 */
public record Odds(double epsilon) {
    /** From here on the certainty shows as 100 %. */
    private static final double NO_PROMISE = 15;
    /** From here on nobody writes the factor down. */
    private static final double BOUNDLESS = 1e9;

    /** How sure one can be at most who was so sure before, 0 to 1. */
    double after(double before) {
        double odds = Math.exp(epsilon) * before / (1 - before);
        return Double.isInfinite(odds) ? 1 : odds / (1 + odds);
    }

    /** By how much odds are multiplied at most, as people read it. */
    String factor() {
        double factor = Math.exp(epsilon);
        return epsilon >= BOUNDLESS ? "any number"
                : factor >= 1e12 ? "10 to the power of " + (int) Math.ceil(epsilon / Math.log(10))
                        : factor >= 1e4 ? String.format(Locale.ROOT, "%,d", Long.valueOf(Amount.roundedUp(factor, 2)))
                                : factor >= 100 ? String.format(Locale.ROOT, "%,.0f", Math.ceil(factor))
                                        : Amount.roundedUp(factor, 3);
    }

    /**
     * Two worked numbers.
     *
     * @param what may be believed
     */
    String worked(String what) {
        if (epsilon >= NO_PROMISE) {
            return "The odds that " + what + " may be multiplied by " + factor()
                    + ": whoever thinks it possible may be as good as sure afterwards.";
        }
        return "Whoever thinks before the run that it is as likely as not that " + what + " can be "
                + percent(after(0.5)) + " sure afterwards at most; whoever gives it one chance in a hundred, "
                + percent(after(0.01)) + ".";
    }

    private static String percent(double share) {
        return Amount.roundedUp(100 * share, share > 0.999 ? 5 : 3) + " %";
    }
}
