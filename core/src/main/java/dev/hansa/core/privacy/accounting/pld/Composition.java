package dev.hansa.core.privacy.accounting.pld;

import dev.hansa.core.privacy.numeric.Fourier;
import java.util.Arrays;

/**
 * Sums of independent privacy losses: Koskela, Jälkö and Honkela, <i>Computing Tight Differential Privacy Guarantees Using
 * FFT</i>, AISTATS 2020. Whatever a sum leaves out counts as infinite loss.
 */
final class Composition {
    /** How much of a sum's distribution may be left out. */
    static final double LEFT_OUT = 1e-15;
    /** Frequencies with a smaller logarithm of their magnitude tell nothing. */
    private static final double SILENT = -80;
    /** More losses are not added up: places on a grid would no longer fit into a long. */
    private static final long MOST_LOSSES = 1L << 40;

    private Composition() {}

    /** The sum of a count of losses, each with the same distribution; unbounded if no grid holds it. */
    static LossDistribution times(LossDistribution single, long count) {
        if (count == 1 || single.infinite() >= 1) {
            return single;
        } else if (count > MOST_LOSSES) {
            return LossDistribution.unbounded(single.interval());
        }
        LossDistribution one = single;
        Window window = Window.of(one.masses(), count);
        while (Math.max(window.length(), one.masses().length) > LossDistribution.MOST) {
            if (one.interval() > LossDistribution.WIDEST) {
                return LossDistribution.unbounded(one.interval());
            }
            one = one.coarser();
            window = Window.of(one.masses(), count);
        }
        if (window.length() < 1) { // all but nothing is infinite
            return LossDistribution.unbounded(one.interval());
        }
        double[] masses = one.masses();
        long needed = Math.max(window.length(), masses.length);
        int length = Fourier.lengthFor((int) needed);
        long middle = Math.round(mean(masses));
        double[] real = new double[length];
        double[] imaginary = new double[length];
        for (int i = 0; i < masses.length; i++) {
            real[(int) Math.floorMod(i - middle, (long) length)] += masses[i];
        }
        Fourier fourier = new Fourier(length);
        real[0] -= 1; // its transform is 1 everywhere; without it, what is near 1 keeps its digits
        fourier.forth(real, imaginary);
        raise(real, imaginary, count);
        fourier.back(real, imaginary);
        double[] sums = new double[(int) window.length()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Math.max(0, real[(int) Math.floorMod(window.from() + i - count * middle, (long) length)]);
        }
        return new LossDistribution(one.interval(), count * one.lowest() + window.from(), sums,
                LEFT_OUT - Math.expm1(count * Math.log1p(-one.infinite())));
    }

    private static double mean(double[] masses) {
        double moment = 0;
        double sum = 0;
        for (int i = 0; i < masses.length; i++) {
            moment += i * masses[i];
            sum += masses[i];
        }
        return moment / sum;
    }

    /** (1 + g)^count of each g, by its logarithm: what is lost to rounding does not grow with what is near 1. */
    private static void raise(double[] real, double[] imaginary, long count) {
        for (int i = 0; i < real.length; i++) {
            double g = real[i];
            double h = imaginary[i];
            double logMagnitude = count * 0.5 * Math.log1p(Math.max(-1, 2 * g + g * g + h * h));
            if (logMagnitude < SILENT) {
                real[i] = 0;
                imaginary[i] = 0;
            } else {
                double magnitude = Math.exp(logMagnitude);
                double angle = count * Math.atan2(h, 1 + g);
                real[i] = magnitude * Math.cos(angle);
                imaginary[i] = magnitude * Math.sin(angle);
            }
        }
    }

    /** The sum of two losses. */
    static LossDistribution plus(LossDistribution one, LossDistribution other) {
        if (one.isNone()) {
            return other;
        }
        double interval = Math.max(one.interval(), other.interval());
        double[] left = one.with(interval).masses();
        double[] right = other.with(interval).masses();
        int needed = left.length + right.length - 1;
        if (needed > LossDistribution.MOST) {
            return plus(one.with(2 * interval), other.with(2 * interval));
        }
        int length = Fourier.lengthFor(needed);
        Fourier fourier = new Fourier(length);
        double[] real = Arrays.copyOf(left, length);
        double[] imaginary = new double[length];
        double[] otherReal = Arrays.copyOf(right, length);
        double[] otherImaginary = new double[length];
        fourier.forth(real, imaginary);
        fourier.forth(otherReal, otherImaginary);
        for (int i = 0; i < length; i++) {
            double product = real[i] * otherReal[i] - imaginary[i] * otherImaginary[i];
            imaginary[i] = real[i] * otherImaginary[i] + imaginary[i] * otherReal[i];
            real[i] = product;
        }
        fourier.back(real, imaginary);
        double[] sums = new double[needed];
        for (int i = 0; i < needed; i++) {
            sums[i] = Math.max(0, real[i]);
        }
        double infinite = one.infinite() + other.infinite() - one.infinite() * other.infinite();
        return withoutTails(new LossDistribution(interval,
                one.with(interval).lowest() + other.with(interval).lowest(), sums, infinite));
    }

    /** The same, where the greatest losses count as infinite, and the least as a little greater. */
    private static LossDistribution withoutTails(LossDistribution whole) {
        double[] masses = whole.masses();
        int from = 0;
        double below = 0;
        while (from < masses.length - 1 && below + masses[from] < LEFT_OUT) {
            below += masses[from++];
        }
        int to = masses.length;
        double above = 0;
        while (to > from + 1 && above + masses[to - 1] < LEFT_OUT) {
            above += masses[--to];
        }
        double[] kept = Arrays.copyOfRange(masses, from, to);
        kept[0] += below;
        return new LossDistribution(whole.interval(), whole.lowest() + from, kept, whole.infinite() + above);
    }
}
