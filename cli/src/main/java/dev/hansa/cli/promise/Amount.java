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

    /** What somebody chose, a δ or a budget, as people write it: {@code 1e-5}, {@code 4}. */
    public static String written(double chosen) {
        String text = Double.toString(chosen).replace(".0E", "e").replace('E', 'e');
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** So many digits, and not less than it is. */
    public static String roundedUp(double value, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits, RoundingMode.CEILING));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
