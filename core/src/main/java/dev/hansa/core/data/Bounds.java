package dev.hansa.core.data;

/**
 * Between which numbers the values of a column count. They are public: chosen by whoever asks, never taken from rows.
 *
 * @param low  values below count as this; finite
 * @param high values above count as this; finite, greater than {@code low}
 */
public record Bounds(double low, double high) {
    public Bounds {
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException("the bounds are " + low + " and " + high
                    + ", expected two finite numbers, the smaller one first");
        }
    }

    /** The place of the value between the bounds, from 0 to 1. */
    public double place(double value) {
        return (Math.min(high, Math.max(low, value)) - low) / width();
    }

    /** How far the bounds are apart. */
    public double width() {
        return high - low;
    }

    /** The middle of the bounds. */
    public double middle() {
        return low + width() / 2;
    }
}
