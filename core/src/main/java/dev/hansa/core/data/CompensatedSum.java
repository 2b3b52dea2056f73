package dev.hansa.core.data;

/**
 * A sum that carries its rounding errors along (Neumaier 1974), so that it is as good as exact and, unlike that of
 * {@link java.util.stream.DoubleStream}, the same bits on every Java.
 */
final class CompensatedSum {
    private double sum;
    private double lost;

    void add(double value) {
        double next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
        sum = next;
    }

    /** What was added up; infinite or not a number if it overflowed. */
    double value() {
        return sum + lost;
    }
}
