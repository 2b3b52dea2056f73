package dev.hansa.core.statistics;

import dev.hansa.core.question.Asked;

import dev.hansa.core.statistics.Answer.Estimate;

/**
 * Sum, mean and variance of a column, from rows and sums of places between the bounds. Errors follow from those of the sums by the
 * delta method, to the first order.
 *
 * @param places the sum of (value - middle) / (high - low)
 */
record Moments(Asked.Numbers asked, Estimate rows, Estimate places) {

    private double width() {
        return asked.high() - asked.low();
    }

    /** width · places + middle · rows. */
    Estimate sum() {
        return new Estimate(width() * places.value() + asked.middle() * rows.value(),
                Math.hypot(width() * places.error(), asked.middle() * rows.error()));
    }

    /** middle + width · places / rows. */
    Estimate mean() {
        double place = places.value() / rows.value();
        return new Estimate(asked.middle() + width() * place,
                width() * Math.hypot(places.error(), place * rows.error()) / rows.value());
    }

    /**
     * The mean square of u = 2 · place less the square of the mean of u, times (width / 2)². The square of a mean with noise is on
     * average too large by the noise's variance, which is added again.
     *
     * @param squares the sum of u² - ½
     */
    Estimate variance(Estimate squares) {
        double n = rows.value();
        double mean = 2 * places.value() / n;
        double half = width() / 2;
        double noise = 2 * places.error() / n;
        double variance = squares.value() / n + 0.5 - mean * mean + noise * noise;
        double error = Math.sqrt(square(squares.error()) + square(4 * mean * places.error())
                + square((2 * mean * mean - squares.value() / n) * rows.error())) / n;
        return new Estimate(half * half * (noise == 0 ? Math.max(0, variance) : variance), half * half * error);
    }

    /** The standard deviation; 0 for a variance that noise made negative. */
    static Estimate root(Estimate variance) {
        double root = Math.sqrt(Math.max(0, variance.value()));
        return new Estimate(root,
                root == 0 ? Math.sqrt(variance.error()) : Math.min(Math.sqrt(variance.error()),
                        variance.error() / (2 * root)));
    }

    private static double square(double value) {
        return value * value;
    }
}
