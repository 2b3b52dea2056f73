package dev.hansa.cli.bench;

import dev.hansa.core.model.ParameterSource;
import java.util.List;
import java.util.stream.IntStream;

/** Reads updates and does next to nothing with them; several processors share each, as they do in a mean. */
final class ReadOnly {
    private static final int MOST_LANES = 4;

    private ReadOnly() {}

    /** The sum of all values of all of them, so that each has been read. */
    static double sum(List<ParameterSource> updates) {
        int lanes = Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors());
        double sum = 0;
        for (ParameterSource update : updates) {
            long size = update.layout().size();
            sum += IntStream.range(0, lanes).parallel()
                    .mapToDouble(lane -> sum(update, (int) (size * lane / lanes), (int) (size * (lane + 1) / lanes)))
                    .sum();
        }
        return sum;
    }

    private static double sum(ParameterSource update, int begin, int end) {
        double[] sum = {0};
        update.read(begin, end, (offset, values, from, length) -> {
            double block = 0;
            for (int i = from; i < from + length; i++) {
                block += values[i];
            }
            sum[0] += block;
        });
        return sum[0];
    }
}
