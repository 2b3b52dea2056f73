package dev.hansa.core.coordinator;

import dev.hansa.core.model.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The round after which the model was best, by one metric of its evaluation; of equal ones the first.
 *
 * @param metric by which it is the best
 * @param value  of the metric after that round
 */
public record BestRound(int round, String metric, double value) {

    /** The best of the committed rounds; empty if none was measured so. */
    static Optional<BestRound> of(String metric, List<RoundRecord> history) {
        BestRound best = null;
        for (RoundRecord record : history) {
            OptionalDouble value = record.measured(metric);
            if (value.isPresent() && !Double.isNaN(value.getAsDouble())
                    && (best == null || Metrics.isBetter(metric, value.getAsDouble(), best.value))) {
                best = new BestRound(record.round(), metric, value.getAsDouble());
            }
        }
        return Optional.ofNullable(best);
    }
}
