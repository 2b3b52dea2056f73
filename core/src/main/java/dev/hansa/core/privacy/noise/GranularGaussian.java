package dev.hansa.core.privacy.noise;

/**
 * Gaussian noise on a grid: values are rounded to multiples of a granularity g, and a discrete Gaussian number of g's is
 * added. That is the Gaussian mechanism on integers, so what comes out tells nothing by which floating-point numbers it can
 * be, and (Canonne, Kamath, Steinke, NeurIPS 2020, Theorem 4) protects as the continuous one does, for values that were
 * rounded before they were summed.
 *
 * <p>Rounding moves a vector of d values by at most g √d / 2 in the Euclidean norm; with g no more than 2⁻³⁰ of the standard
 * deviation that is 2⁻²⁰ of it for a million values. {@link #norm} has it counted.
 */
public final class GranularGaussian {
    /** The standard deviation is from 2 to this power granularities to twice as many. */
    private static final int GRAIN_LOG = 30;

    private final double grain;
    private final DiscreteGaussian noise;

    /**
     * @param deviation the standard deviation of the noise, which has a granularity that is a normal number
     * @throws IllegalArgumentException if it does not
     */
    public GranularGaussian(double deviation) {
        if (!(deviation >= 0x1p-960 && deviation <= 0x1p960)) {
            throw new IllegalArgumentException(
                    "the standard deviation is " + deviation + ", expected more than 0, and finite");
        }
        this.grain = Math.scalb(1.0, Math.getExponent(deviation) - GRAIN_LOG);
        this.noise = new DiscreteGaussian(deviation / grain);
    }

    /**
     * With as much noise as vectors need that are rounded after they were clipped.
     *
     * @param multiplier of the noise: its deviation, divided by the norm of a vector
     * @param bound      of the norm before rounding
     * @param values     how many a vector has
     */
    public static GranularGaussian of(double multiplier, double bound, long values) {
        double rounded = new GranularGaussian(2 * multiplier * bound).norm(bound, values);
        return new GranularGaussian(multiplier * rounded);
    }

    /** The granularity, a power of two. */
    public double grain() {
        return grain;
    }

    /** The multiple of the granularity that is next. */
    public double round(double value) {
        return Math.rint(value / grain) * grain;
    }

    /** A bound of the norm of what had at most that norm, of so many values, once each is rounded. */
    public double norm(double bound, long values) {
        return bound + grain * Math.sqrt((double) values) / 2;
    }

    /** Rounds each value and adds noise to it. */
    public void addTo(double[] values, RandomBytes random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = round(values[i]) + noise.next(random) * grain;
        }
    }

    /** One draw. */
    public double next(RandomBytes random) {
        return noise.next(random) * grain;
    }
}
