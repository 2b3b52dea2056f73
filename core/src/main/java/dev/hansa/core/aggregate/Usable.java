package dev.hansa.core.aggregate;

import dev.hansa.core.model.DamagedParametersException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;

/** The check of an update before its first value counts: it counts whole or not at all. */
public final class Usable {
    /** The bits of an infinite value; those of a finite one are lower, of one that is not a number higher. */
    private static final int INFINITE = 0x7f800000;
    private static final int WITHOUT_SIGN = 0x7fffffff;

    private static final int MOST_SHOWN = 500;

    private Usable() {}

    /**
     * What is to be counted, opened.
     *
     * @param layout what it should have
     * @throws UnusableUpdateException if it cannot be counted
     */
    public static ParameterSource difference(ModelUpdate update, Layout layout) {
        ParameterSource difference = update.difference();
        if (!difference.layout().equals(layout)) {
            throw new UnusableUpdateException(
                    "it holds the tensors " + shown(difference.layout()) + ", expected " + shown(layout));
        }
        update.sums().problem().ifPresent(problem -> {
            throw new UnusableUpdateException(problem);
        });
        if (update.weight() > Integer.MAX_VALUE) {
            throw new UnusableUpdateException(
                    "its weight is " + update.weight() + ", more than any number of examples");
        }
        try {
            ParameterSource opened = difference.opened();
            requireFinite(opened);
            return opened;
        } catch (DamagedParametersException e) {
            throw new UnusableUpdateException("its parameters are damaged: " + e.getMessage(), e);
        }
    }

    /** What a node says of its tensors may be long, and is kept with the run. */
    private static String shown(Layout layout) {
        String text = layout.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    private static void requireFinite(ParameterSource difference) {
        int none = difference.layout().size();
        int place = Lanes.each(none, (begin, end) -> {
            int[] first = {none};
            difference.read(begin, end, (offset, values, from, length) -> {
                if (first[0] == none && !isFinite(values, from, length)) {
                    first[0] = offset + firstNotFinite(values, from, length) - from;
                }
            });
            return first[0];
        }).min().orElse(none);
        if (place < none) {
            difference.read(place, place + 1, (offset, values, from, length) -> {
                throw new UnusableUpdateException("its value " + place + " is " + values[from]
                        + ", expected a finite number: local training diverged or was tampered with");
            });
        }
    }

    /** Without a branch for each value, so that processors can look at several at once. */
    private static boolean isFinite(float[] values, int from, int length) {
        int highest = 0;
        for (int i = from; i < from + length; i++) {
            highest = Math.max(highest, Float.floatToRawIntBits(values[i]) & WITHOUT_SIGN);
        }
        return highest < INFINITE;
    }

    private static int firstNotFinite(float[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        throw new AssertionError("all of them are");
    }
}
