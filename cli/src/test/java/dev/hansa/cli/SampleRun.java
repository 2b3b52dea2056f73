package dev.hansa.cli;

import dev.hansa.cli.report.Comparison;
import dev.hansa.cli.report.RunResult;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A run that could have been: the housing example with made-up curves. */
public final class SampleRun {

    private SampleRun() {}

    /** Two nodes or more, so many rounds. */
    public static RunSpec spec(String name, int rounds) {
        Schema schema = new Schema(List.of(new Column.Number("CRIM", ""), new Column.Number("RM", "rooms")),
                new Column.Number("MEDV", "1000 $"));
        return new RunSpec(name, "Estimate house prices without showing anybody a sale.",
                new DataSpec("housing", schema, new HoldOut.Every(5), true), new ModelSpec.Linear(),
                Strategies.fedAvg(new LocalTraining(5, 0, 0.1, 0, 0, true), WeightedMean.Weighting.EXAMPLES, 1), rounds,
                new Cohort(2, OptionalInt.empty(), 2, Duration.ofMinutes(1)), 1, StopRule.NEVER, new Seed(7));
    }

    /** Finished after the rounds, with the given nodes. */
    public static RunResult result(String name, int rounds, List<String> nodes) {
        List<RoundRecord> history = rounds(rounds, nodes);
        SortedMap<String, Traffic> traffic = new TreeMap<>();
        history.forEach(round -> round.clients()
                .forEach((node, part) -> traffic.merge(node, part.traffic(), Traffic::plus)));
        return new RunResult("name: " + name + "\nrounds: " + rounds + "\n", spec(name, rounds), history,
                new RunEvent.Finished(rounds, "all " + rounds + " rounds are done"), new TreeMap<>(), List.of(),
                List.of(),
                traffic,
                Instant.parse("2026-03-04T15:06:07Z"), Duration.ofMillis(4321),
                new RunResult.Setting(false, "run r-1 at https://localhost:8443", "hansa run run.yaml", "1.2.3"),
                Optional.empty());
    }

    /** As of the demo. */
    public static Comparison comparison() {
        return new Comparison("RMSE on the same held-out rows of both", List.of("all", "Alice's", "Bob's"), "1000 $",
                List.of(new Comparison.Row("Alice alone", List.of(8.31, 4.45, 14.12), 0.184, false),
                        new Comparison.Row("Bob alone", List.of(7.22, 7.61, 5.93), 0.383, false),
                        new Comparison.Row("together (federated)", List.of(4.47, 4.02, 5.57), 0.764, true),
                        new Comparison.Row("pooled", List.of(4.51, 4.05, 5.62), 0.759, false)));
    }

    public static List<RoundRecord> rounds(int rounds, List<String> nodes) {
        List<RoundRecord> records = new ArrayList<>();
        IntStream.rangeClosed(1, rounds).forEach(round -> records.add(round(round, nodes)));
        return records;
    }

    /** The same round, in which the node's update was discarded besides. */
    public static RoundRecord discarded(RoundRecord round, String node, String reason) {
        return new RoundRecord(round.round(), round.training(), round.evaluation(), round.clients(), round.duration(),
                new TreeMap<>(Map.of(node, reason)), round.asked());
    }

    private static RoundRecord round(int round, List<String> nodes) {
        SortedMap<String, ClientRound> clients = new TreeMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            clients.put(nodes.get(i),
                    new ClientRound(training(round, i), evaluation(round, i), new Traffic(1412, 1698)));
        }
        return new RoundRecord(round, training(round, 0.4), evaluation(round, 0.4), clients, Duration.ofMillis(85));
    }

    private static Metrics training(int round, double shift) {
        return metrics(
                Map.of(Metrics.EXAMPLES, 299.0, Metrics.LOSS, (0.42 + 0.1 * shift) / Math.pow(round, 0.6) + 0.1));
    }

    private static Metrics evaluation(int round, double shift) {
        double rmse = (9.5 + shift) / Math.pow(round, 0.8) + 4.2;
        return metrics(Map.of(Metrics.EXAMPLES, 75.0, Metrics.LOSS, rmse * rmse / 160, Metrics.RMSE, rmse, Metrics.MAE,
                rmse * 0.7, Metrics.R2, 1 - rmse * rmse / 85));
    }

    private static Metrics metrics(Map<String, Double> values) {
        return new Metrics(new TreeMap<>(values));
    }
}
