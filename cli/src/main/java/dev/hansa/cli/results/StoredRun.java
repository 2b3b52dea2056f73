package dev.hansa.cli.results;

import dev.hansa.cli.live.Headline;
import dev.hansa.cli.promise.Promise;
import dev.hansa.cli.report.Sweep;
import dev.hansa.cli.report.SweptClients;
import dev.hansa.cli.report.SweptRun;
import dev.hansa.core.FederationException;
import dev.hansa.core.model.Metrics;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as it lies in a folder of results.
 *
 * @param file the exact run file
 */
public record StoredRun(Path folder, Receipt receipt, RunFile file) {
    /** The file's name. */
    public static final String RUN_FILE = "run.yaml";
    /** The file's name. */
    public static final String METRICS = "metrics.csv";

    /**
     * What lies in the folder; empty if it has no results, or not whole.
     *
     * @throws DamagedResults if its run file is none
     */
    public static Optional<StoredRun> of(Path folder) throws IOException {
        Optional<Receipt> receipt = Receipt.of(folder);
        try {
            return receipt.isPresent()
                    ? Optional.of(new StoredRun(folder, receipt.get(), RunFile.read(folder.resolve(RUN_FILE))))
                    : Optional.empty();
        } catch (FederationException e) {
            throw new DamagedResults(folder.resolve(RUN_FILE) + " is not as Hansa wrote it: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /**
     * What a report needs of it.
     *
     * @param base from which the report names the folder
     * @throws DamagedResults if its metrics are no metrics
     */
    public SweptRun swept(Path base) throws IOException {
        Reading reading = new Reading(Headline.metric(file.spec()));
        Path metrics = folder.resolve(METRICS);
        try (Reader text = Files.newBufferedReader(metrics)) {
            MetricsReader.read(text, reading::add);
        } catch (IllegalArgumentException e) {
            throw new DamagedResults(metrics + " is not as Hansa wrote it: " + e.getMessage());
        }
        return new SweptRun(file.spec().seed().value(), receipt.outcome(), receipt.reason(), receipt.seconds(),
                reading.curves, SweptClients.of(reading.clients.values(), reading.updates.values()),
                base.toAbsolutePath().relativize(folder.toAbsolutePath()).toString(),
                Promise.of(file.spec()).map(Promise::terms), Optional.ofNullable(receipt.littleLearned()));
    }

    /** What has been read of the metrics, row by row. */
    private static final class Reading {
        private static final String GLOBAL = "global";
        private static final String TRAINING = "training";
        private static final String EVALUATION = "evaluation";
        private final String headline;
        private final Set<String> told;
        private final SortedMap<String, SortedMap<Integer, Double>> curves = new TreeMap<>();
        private final Map<String, Double> clients = new HashMap<>();
        private final Map<String, Long> updates = new HashMap<>();
        private int measured;

        Reading(String headline) {
            this.headline = headline;
            this.told = Sweep.metrics(headline);
        }

        void add(MetricsReader.Row row) {
            if (row.scope().equals(GLOBAL)) {
                String metric = row.phase() + "." + row.metric();
                if (told.contains(metric)) {
                    curves.computeIfAbsent(metric, _ -> new TreeMap<>())
                            .putIfAbsent(row.round(), row.value()); // totals come before a client of that name
                }
            } else if (row.phase().equals(EVALUATION) && row.metric().equals(headline)) {
                if (row.round() > measured) { // rows come in the order of rounds
                    measured = row.round();
                    clients.clear();
                }
                clients.put(row.scope(), row.value());
            } else if (row.phase().equals(TRAINING)) {
                updates.merge(row.scope(), row.metric().equals(Metrics.EXAMPLES) ? 1L : 0L, Long::sum);
            }
        }
    }
}
