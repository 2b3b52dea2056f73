package dev.hansa.cli.promise;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers of a promise, which are never shown smaller than they are. */
public final class Amount {

    private Amount() {}

    /** An ε with four digits. */
    public static String epsilon(double epsilon) {
        return Double.isFinite(epsilon) ? roundedUp(epsilon, 4) : "infinite";
    }

    /** A δ as it is written. */
    public static String delta(double delta) {
        return Double.toString(delta).replace(".0E", "e").replace('E', 'e');
    }

    /** So many digits, and not less than it is. */
    public static String roundedUp(double value, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits, RoundingMode.CEILING));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
