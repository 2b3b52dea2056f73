package dev.hansa.client.policy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers of privacy as people read them. */
final class Figures {
    private static final int DIGITS = 4;

    private Figures() {}

    /** An ε, never less than it is. */
    static String epsilon(double epsilon) {
        return Double.isInfinite(epsilon) ? "more than any number"
                : BigDecimal.valueOf(epsilon).setScale(DIGITS, RoundingMode.CEILING).stripTrailingZeros()
                        .toPlainString();
    }

    /** What is left of one after the other is spent, never more than it is; 0 if nothing is. */
    static String left(double budget, double spent) {
        double left = budget - spent; // less than any number where the other has no end
        return left > 0
                ? BigDecimal.valueOf(left).setScale(DIGITS, RoundingMode.FLOOR).stripTrailingZeros().toPlainString()
                : "0";
    }

    /** A noise multiplier, never more than it is. */
    static String noise(double multiplier) {
        return rounded(multiplier, RoundingMode.FLOOR);
    }

    /** Four significant digits. */
    static String number(double value) {
        return rounded(value, RoundingMode.HALF_EVEN);
    }

    private static String rounded(double value, RoundingMode mode) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(DIGITS, mode)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent >= -4 && exponent < 7 || rounded.signum() == 0 ? rounded.toPlainString() : rounded.toString();
    }

    /** A δ, as it was chosen: {@code 1e-5}. */
    static String delta(double delta) {
        return Double.toString(delta).replace(".0E", "e").replace('E', 'e');
    }
}
