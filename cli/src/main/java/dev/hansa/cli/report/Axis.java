package dev.hansa.cli.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A range of values with round numbers for its ticks.
 *
 * @param low         its lower end
 * @param high        its upper end
 * @param step        between ticks: 1, 2 or 5 times a power of ten
 * @param logarithmic whether equal lengths are equal ratios; the ticks are 1, 2 and 5 times the powers of ten then
 */
record Axis(double low, double high, double step, boolean logarithmic) {
    private static final int[] DIGITS = {1, 2, 5};
    /** From this ratio of the greatest to the least value on, small values would not be seen on even steps. */
    private static final double LOGARITHMIC_FROM = 20;

    /** Covers the values with about that many even steps. */
    static Axis even(double least, double greatest, int steps) {
        double low = least;
        double high = greatest;
        if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) {
            double margin = low == 0 ? 1 : Math.abs(low) / 10;
            low -= margin;
            high += margin;
        }
        double step = roundStep((high - low) / steps);
        return new Axis(Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step, step, false);
    }

    /** Covers the values, evenly or, if they range far, logarithmically. */
    static Axis fitting(double least, double greatest, int steps) {
        if (least <= 0 || greatest / least < LOGARITHMIC_FROM) {
            return even(least, greatest, steps);
        }
        double low = Math.pow(10, Math.floor(Math.log10(least)));
        double high = Math.pow(10, Math.ceil(Math.log10(greatest)));
        double lowest = low;
        double highest = high;
        for (int digit : DIGITS) {
            lowest = low * digit <= least ? low * digit : lowest;
            highest = high / 10 * digit >= greatest ? Math.min(highest, high / 10 * digit) : highest;
        }
        return new Axis(lowest, highest, lowest, true);
    }

    /** For whole numbers, such as rounds: it begins and ends where they do. */
    static Axis counting(int first, int last, int steps) {
        return new Axis(first, Math.max(last, first + 1), Math.max(1, roundStep((double) (last - first) / steps)),
                false);
    }

    private static double roundStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(rough, Double.MIN_NORMAL))));
        double digit = rough / power;
        return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * power;
    }

    /** Round values in the range, and its lower end. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high * 1.001; power *= 10) {
                for (int digit : DIGITS) {
                    if (digit * power >= low * 0.999 && digit * power <= high * 1.001) {
                        ticks.add(digit * power);
                    }
                }
            }
            return ticks;
        }
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        if (ticks.isEmpty() || ticks.getFirst() - low > step * 0.4) {
            ticks.addFirst(low);
        }
        return ticks;
    }

    /** Where the value lies, 0 at the low end to 1 at the high end. */
    double position(double value) {
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    /** A tick with as many decimals as needed. */
    String label(double tick) {
        if (Math.max(Math.abs(low), Math.abs(high)) >= 1e6) {
            return String.format(Locale.ROOT, "%.0e", tick);
        }
        double finest = logarithmic ? tick : step;
        int decimals = Math.max(0, -(int) Math.floor(Math.log10(finest) + 1e-9));
        return BigDecimal.valueOf(tick).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }
}
