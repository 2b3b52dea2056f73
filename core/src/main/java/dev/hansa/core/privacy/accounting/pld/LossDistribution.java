package dev.hansa.core.privacy.accounting.pld;

import dev.hansa.core.privacy.accounting.pld.LossPair.Cell;
import java.util.stream.DoubleStream;

/**
 * The distribution of the privacy loss under P on the multiples of an interval, and what of it is infinite: never less private
 * than the pair it was made of.
 *
 * <p>Made by connecting the dots: Doroshenko, Ghazi, Kamath, Kumar and Manurangsi, <i>Connect the Dots: Tighter Discrete
 * Approximations of Privacy Loss Distributions</i>, PoPETs 2022. Outcomes with a loss between two points of the grid are
 * shared out to both, so that their probabilities under P and under Q stay as they are.
 */
final class LossDistribution {
    /** More values are not held: the interval is doubled instead. */
    static final int MOST = 1 << 21;
    /** Losses of which more than as many would need a wider interval than that have no bound that is worth telling. */
    static final double WIDEST = 64;
    /** More of a distribution than rounding explains. */
    private static final double NOTICED = 1e-9;

    private final double interval;
    private final long lowest;
    private final double[] masses;
    private final double infinite;

    /** @param lowest the loss of the first mass, in intervals */
    LossDistribution(double interval, long lowest, double[] masses, double infinite) {
        this.interval = interval;
        this.lowest = lowest;
        this.masses = masses;
        this.infinite = infinite;
    }

    /** Of nothing: no loss. */
    static LossDistribution none(double interval) {
        return new LossDistribution(interval, 0, new double[]{1}, 0);
    }

    /** Of what is sure to give everything away. */
    static LossDistribution unbounded(double interval) {
        return new LossDistribution(interval, 0, new double[1], 1);
    }

    /**
     * Of one release, with an interval of the given size or, if that were too many, 2, 4, 8, … times as wide; unbounded where
     * no interval is wide enough, or the numbers are too extreme to be worked with.
     */
    static LossDistribution of(LossPair pair, double interval) {
        double width = interval;
        double range = pair.greatest() - pair.least();
        while (range / width > MOST - 4) {
            if (width > WIDEST) {
                return unbounded(interval);
            }
            width *= 2;
        }
        long lowest = (long) Math.floor(pair.least() / width);
        double[] masses = new double[(int) ((long) Math.ceil(pair.greatest() / width) - lowest) + 2];
        int last = masses.length - 1;
        masses[0] = pair.between(Double.NEGATIVE_INFINITY, lowest * width).p();
        for (int i = 0; i < last; i++) {
            Cell cell = pair.between((lowest + i) * width, (lowest + i + 1) * width);
            double upper = upperShare(cell, (lowest + i) * width, width);
            masses[i] += cell.p() - upper;
            masses[i + 1] += upper;
        }
        Cell beyond = pair.between((lowest + last) * width, Double.POSITIVE_INFINITY);
        double finite = Math.min(beyond.p(), balancing(beyond, (lowest + last) * width));
        masses[last] += finite;
        double infinite = beyond.p() - finite;
        boolean whole = Math.abs(1 - infinite - DoubleStream.of(masses).sum()) < NOTICED; // false of NaN
        return whole ? new LossDistribution(width, lowest, masses, infinite) : unbounded(interval);
    }

    private static double upperShare(Cell cell, double from, double width) {
        double share = (cell.p() - balancing(cell, from)) / -Math.expm1(-width);
        return Math.max(0, Math.min(cell.p(), share));
    }

    /** The mass under P that has a loss, if all of the cell's mass under Q has it. */
    private static double balancing(Cell cell, double loss) {
        return cell.q() == 0 ? 0 : Math.exp(loss + Math.log(cell.q()));
    }

    /** Of a release that is this one with a probability, and another one otherwise; which, is told. */
    LossDistribution or(double probability, LossDistribution other) {
        double width = Math.max(interval, other.interval);
        LossDistribution one = with(width);
        LossDistribution two = other.with(width);
        long low = Math.min(one.lowest, two.lowest);
        long high = Math.max(one.lowest + one.masses.length, two.lowest + two.masses.length);
        double[] mixed = new double[(int) (high - low)];
        for (int i = 0; i < one.masses.length; i++) {
            mixed[(int) (one.lowest - low) + i] += probability * one.masses[i];
        }
        for (int i = 0; i < two.masses.length; i++) {
            mixed[(int) (two.lowest - low) + i] += (1 - probability) * two.masses[i];
        }
        return new LossDistribution(width, low, mixed, probability * infinite + (1 - probability) * other.infinite);
    }

    /** The same with a wider interval, 1, 2, 4, … times as wide. */
    LossDistribution with(double width) {
        return width > interval ? coarser().with(width) : this;
    }

    /** The same on every other point, by connecting the dots. */
    LossDistribution coarser() {
        long low = Math.floorDiv(lowest, 2L);
        double[] merged = new double[(int) (Math.floorDiv(lowest + masses.length, 2L) - low) + 1];
        double upper = 1 / (1 + Math.exp(-interval));
        for (int i = 0; i < masses.length; i++) {
            long index = lowest + i;
            int place = (int) (Math.floorDiv(index, 2L) - low);
            if (Math.floorMod(index, 2L) == 0) {
                merged[place] += masses[i];
            } else {
                merged[place] += (1 - upper) * masses[i];
                merged[place + 1] += upper * masses[i];
            }
        }
        return new LossDistribution(2 * interval, low, merged, infinite);
    }

    /** Whether it is certain that there is no loss. */
    boolean isNone() {
        return lowest == 0 && masses.length == 1 && masses[0] == 1;
    }

    double interval() {
        return interval;
    }

    long lowest() {
        return lowest;
    }

    /** Not a copy, and not to be changed. */
    double[] masses() {
        return masses;
    }

    double infinite() {
        return infinite;
    }

    /** The mean of 1 - e^(ε - loss) over all greater losses. */
    double delta(double epsilon) {
        double sum = infinite;
        for (int i = masses.length - 1; i >= 0 && (lowest + i) * interval > epsilon; i--) {
            sum -= masses[i] * Math.expm1(epsilon - (lowest + i) * interval);
        }
        return Math.min(1, sum);
    }

    /** The least ε ≥ 0 with such a δ. Between two points of the grid δ + c · e^ε is constant, so that it is solved for there. */
    double epsilon(double delta) {
        if (infinite > delta) {
            return Double.POSITIVE_INFINITY;
        }
        double above = infinite;
        double weighted = 0; // by e^(loss - this loss)
        double candidate = 0;
        for (int i = masses.length - 1; i >= 0; i--) {
            double loss = (lowest + i) * interval;
            above += masses[i];
            weighted = masses[i] + weighted * Math.exp(-interval);
            candidate = above > delta ? loss + Math.log((above - delta) / weighted) : 0;
            if (loss <= 0 || above > delta && candidate >= loss - interval) {
                break;
            }
        }
        if (Double.isNaN(above) || Double.isNaN(weighted)) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(0, candidate);
    }
}
