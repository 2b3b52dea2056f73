package dev.hansa.wire.message;

import dev.hansa.wire.Limits;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Checks of single fields. */
final class Fields {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}&&[^\n]]");

    private Fields() {}

    static void require(boolean good, String field, Object found, String expected) {
        if (!good) {
            throw new MalformedMessageException(field, "found " + found + ", expected " + expected);
        }
    }

    /** The norm, noise or granularity, of which squares can be worked with. */
    static double size(String field, double value) {
        require(value >= Limits.LEAST_SIZE && value <= Limits.MOST_SIZE, field, value,
                "from " + Limits.LEAST_SIZE + " to " + Limits.MOST_SIZE);
        return value;
    }

    /** The same, or 0. */
    static double sizeOrNone(String field, double value) {
        return value == 0 ? 0 : size(field, value);
    }

    /** The probability with which somebody, or a row, is drawn. */
    static double rate(String field, double value) {
        require(value >= Limits.LEAST_RATE && value <= 1, field, value, "from " + Limits.LEAST_RATE + " to 1");
        return value;
    }

    static void requirePresent(boolean present, String field) {
        if (!present) {
            throw new MalformedMessageException(field, "is missing");
        }
    }

    static void requireAtMost(int limit, int found, String field) {
        require(found <= limit, field, found + " entries", "at most " + limit);
    }

    /** The text, if it is not blank and no longer than a name may be. */
    static String name(String field, String value) {
        require(!value.trim().isEmpty(), field, "no name", "one");
        return label(field, value);
    }

    /** The text, which may be empty, if it is no longer than a name may be. */
    static String label(String field, String value) {
        require(value.length() <= Limits.NAME_CHARS, field, value.length() + " characters",
                "at most " + Limits.NAME_CHARS);
        return value;
    }

    /** The name, if it can be shown on one line. */
    static String line(String field, String value) {
        return printable(field, name(field, value));
    }

    /** The text, which may be empty, if it can be shown on one line and is no longer than a name may be. */
    static String lineOrNothing(String field, String value) {
        return printable(field, label(field, value));
    }

    /** The text, which may be empty, if it has no control characters. */
    static String printable(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            char found = value.charAt(i);
            if (Character.isISOControl(found)) {
                throw new MalformedMessageException(field, String.format(Locale.ROOT,
                        "found the control character U+%04X at %d, expected none", (int) found, i));
            }
        }
        return value;
    }

    /** Text for people, safe to print: of bounded length, without control characters other than new lines. */
    static String prose(String value) {
        String shown = value.length() <= Limits.TEXT_CHARS ? value : value.substring(0, Limits.TEXT_CHARS - 1) + "…";
        return UNPRINTABLE.matcher(shown).replaceAll(" ");
    }

    static int notNegative(String field, int value) {
        require(value >= 0, field, Integer.toUnsignedString(value), "at most " + Integer.MAX_VALUE);
        return value;
    }

    static long notNegative(String field, long value) {
        require(value >= 0, field, Long.toUnsignedString(value), "at most " + Long.MAX_VALUE);
        return value;
    }

    /** What core makes of values that it checks itself. */
    static <T> T checked(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(field, String.valueOf(e.getMessage()), e);
        }
    }
}
