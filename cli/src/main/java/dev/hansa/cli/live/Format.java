package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Traffic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers as people read them; always with a decimal point. */
public final class Format {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private static final Pattern FRACTION = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,4})?");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private Format() {}

    /**
     * The text with a question mark for each control character: names and reasons come from other machines, and must not
     * steer the terminal.
     */
    public static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** {@link #printable}, but for line breaks. */
    public static String printableLines(String text) {
        return text.lines().map(Format::printable).collect(Collectors.joining("\n"));
    }

    /** Four significant digits; three of what is below 0.1. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "-infinite";
        }
        double size = Math.abs(value);
        if (value == 0) {
            return "0";
        }
        if (size >= 1e6 || size < 1e-4) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        int zeros = (int) Math.floor(Math.log10(size));
        int decimals = Math.max(0, Math.min(3 - zeros, Math.max(4, 2 - zeros)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /**
     * What somebody has written with a point or an exponent, if it is a number, with six digits and as people write it:
     * {@code 1e-5} of {@code 0.00001}. Anything else as it is.
     */
    public static String written(String value) {
        if (!FRACTION.matcher(value).matches() || WHOLE.matcher(value).matches()) {
            return value;
        }
        BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent >= -4 && exponent < 7 || rounded.signum() == 0 ? rounded.toPlainString()
                : rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    /** Four significant digits, or a dash. */
    public static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "–";
    }

    /** A share of 0 to 1, with one decimal. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Bytes in units of thousand. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }

    /** All bytes that moved, with what compression saved if it did: {@code 12 MB, 36 MB saved}. */
    public static String bytes(Traffic traffic) {
        return bytes(traffic.sent() + traffic.received())
                + (traffic.saved() > 0 ? ", " + bytes(traffic.saved()) + " saved" : "");
    }

    /** Minutes and seconds, and hours if there are any. */
    public static String clock(Duration duration) {
        return duration.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", duration.toHours(), duration.toMinutesPart(),
                        duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }

    /** The number and the word, with an s unless it is one. */
    public static String count(long number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }

    /**
     * What belongs behind the number of the round's updates: how many of them were partial, and how many others were
     * discarded: {@code , 1 partial, 2 discarded}; without what is 0.
     */
    public static String partialAndDiscarded(RoundRecord round) {
        return (round.partialUpdates() > 0 ? ", " + round.partialUpdates() + " partial" : "")
                + (round.discarded().isEmpty() ? "" : ", " + round.discarded().size() + " discarded");
    }

    /** How late an answer came: {@code 7.4 s}, {@code less than 0.1 s}. */
    public static String late(Duration late) {
        return late.toMillis() < 50 ? "less than 0.1 s" : seconds(late);
    }

    /** What an answer would have been: {@code update}, {@code evaluation}, {@code description}, {@code own model}. */
    public static String answer(RunEvent.Phase phase) {
        return switch (phase) {
            case DESCRIBE -> "description";
            case FIT -> "update";
            case EVALUATE -> "evaluation";
            case PERSONALISE -> "own model";
        };
    }

    /** Seconds below two minutes, then minutes and seconds, from two hours on hours and minutes, and days and hours. */
    public static String seconds(Duration duration) {
        if (duration.toHours() >= 48) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() >= 2) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        if (duration.toMillis() >= 120_000) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
