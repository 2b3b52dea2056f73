package dev.hansa.core.coordinator.fairness;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.model.Metrics;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the clients' values of one metric lie apart, each client counting once.
 *
 * @param clients how many have a value
 * @param tenth   a tenth of the clients have less; between two clients in proportion (Hyndman, Fan, <i>Sample Quantiles in
 *                Statistical Packages</i>, 1996, definition 7), as are median and ninetieth
 * @param worst   the id of the client with the worst value; of equals the first
 */
public record Spread(int clients, double least, double tenth, double median, double ninetieth, double most,
        String worst) {

    /** Of the round's evaluations; empty if nobody has the metric. */
    public static Optional<Spread> of(RoundRecord round, String metric) {
        SortedMap<String, Double> values = new TreeMap<>();
        round.clients().forEach((client, part) -> part.evaluation().get(metric)
                .ifPresent(value -> values.put(client, value)));
        return values.isEmpty() ? Optional.empty() : Optional.of(of(values, Metrics.smallerIsBetter(metric)));
    }

    private static Spread of(SortedMap<String, Double> values, boolean smallerIsBetter) {
        double[] sorted = values.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double worst = sorted[smallerIsBetter ? sorted.length - 1 : 0];
        String client = values.entrySet().stream().filter(entry -> entry.getValue() == worst)
                .map(Map.Entry::getKey).findFirst().orElse(values.firstKey());
        return new Spread(sorted.length, sorted[0], quantile(sorted, 0.1), quantile(sorted, 0.5),
                quantile(sorted, 0.9), sorted[sorted.length - 1], client);
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double fraction = place - below;
        return fraction == 0 ? sorted[below] : sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
    }
}
