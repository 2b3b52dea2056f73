package dev.hansa.core.privacy.accounting.pld;

/**
 * Where a sum of independent numbers of places lies, but for {@link Composition#LEFT_OUT} of its distribution: Chernoff's
 * bounds, at many parameters.
 *
 * @param from the least sum
 * @param to   the greatest sum
 */
record Window(long from, long to) {
    /** What a probability may lose by rounding. */
    private static final double ROUNDING = 1e-15;

    /** Of the sum of a count of places that are drawn from 0, 1, … with some probabilities. */
    static Window of(double[] masses, long count) {
        double least = 0;
        double greatest = (masses.length - 1.0) * count;
        double logShare = Math.log(2 / Composition.LEFT_OUT) + count * ROUNDING;
        for (double t = 1e-2 / masses.length; t < 10; t *= 1.5) {
            least = Math.max(least, -(count * logMomentFromBelow(masses, t) + logShare) / t);
            greatest = Math.min(greatest,
                    (masses.length - 1.0) * count + (count * logMomentFromAbove(masses, t) + logShare) / t);
        }
        return new Window((long) Math.floor(least), (long) Math.ceil(greatest));
    }

    long length() {
        return to - from + 1;
    }

    /** ln of the mean of e^(-t · place). */
    private static double logMomentFromBelow(double[] masses, double t) {
        double factor = Math.exp(-t);
        double weight = 1;
        double sum = 0;
        for (int i = 0; i < masses.length && weight > 1e-200; i++) {
            sum += masses[i] * weight;
            weight *= factor;
        }
        return Math.log(sum);
    }

    /** ln of the mean of e^(t · (place - last place)). */
    private static double logMomentFromAbove(double[] masses, double t) {
        double factor = Math.exp(-t);
        double weight = 1;
        double sum = 0;
        for (int i = masses.length - 1; i >= 0 && weight > 1e-200; i--) {
            sum += masses[i] * weight;
            weight *= factor;
        }
        return Math.log(sum);
    }
}
