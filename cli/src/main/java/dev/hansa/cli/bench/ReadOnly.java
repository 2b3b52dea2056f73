package dev.hansa.cli.bench;

import dev.hansa.core.model.ParameterSource;
import java.util.List;
import java.util.stream.IntStream;

/** Reads updates and does next to nothing with them; several processors share each, as they do in a mean. */
final class ReadOnly {
    private static final int MOST_LANES = 4;

    private ReadOnly() {}

    /**
     * The bits of all values of all of them, by or: each has been looked at, and processors look at many at once, for none
     * waits for the one before as in a sum of numbers.
     */
    static int touch(List<ParameterSource> updates) {
        int lanes = Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors());
        int bits = 0;
        for (ParameterSource update : updates) {
            long size = update.layout().size();
            bits |= IntStream.range(0, lanes).parallel()
                    .map(lane -> touch(update, (int) (size * lane / lanes), (int) (size * (lane + 1) / lanes)))
                    .reduce(0, (one, other) -> one | other);
        }
        return bits;
    }

    private static int touch(ParameterSource update, int begin, int end) {
        int[] bits = {0};
        update.read(begin, end, (offset, values, from, length) -> {
            int block = 0;
            for (int i = from; i < from + length; i++) {
                block |= Float.floatToRawIntBits(values[i]);
            }
            bits[0] |= block;
        });
        return bits[0];
    }
}
