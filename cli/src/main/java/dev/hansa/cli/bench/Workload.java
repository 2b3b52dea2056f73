package dev.hansa.cli.bench;

import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Layout;
import dev.hansa.spec.RunFile;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a benchmark asks of coordinator and nodes.
 *
 * @param nodes      that are there
 * @param cohort     of them that a round wants; 30 % more are asked if there are more
 * @param dropout    the share of emulated nodes that is silent when it is to train
 * @param parameters wanted in the model; {@link #layout} has about as many
 * @param rounds     at least 1
 * @param warmup     rounds before those that are measured
 * @param evaluate   whether the nodes evaluate each round's model too
 */
public record Workload(int nodes, int cohort, double dropout, int parameters, int rounds, int warmup,
        boolean evaluate) {
    /** The name of the data set that nodes serve. */
    public static final String DATA_SET = "bench";
    /** Below that a linear model has the number of parameters exactly. */
    private static final int MOST_COLUMNS = 1_000;
    private static final int ROWS = 20;

    /** The run, as a file. */
    public RunFile runFile() {
        return RunFile.parse(String.format(Locale.ROOT, """
                hansa: 1
                name: bench
                data: {set: %s, features: [%s], label: y, holdOut: {every: 4}}
                model: %s
                training: {epochs: 1, batchSize: all, rate: 0.001}
                rounds: %d
                cohort: {nodes: %d, size: %d, overSelection: %s, minimumReports: %d, deadline: 60m}
                evaluation: {every: %d}
                """, DATA_SET, features(), model(), warmup + rounds, nodes, cohort,
                cohort < nodes ? "1.3" : "1", Math.min(cohort, Math.max(2, cohort / 2)), evaluate ? 1 : 0),
                "bench.yaml");
    }

    /** The tensors of the model. */
    public Layout layout() {
        RunFile file = runFile();
        return Learners.of(file.spec().model(), file.spec().data().schema()).layout();
    }

    /** Rows for a node that really trains, as CSV; others for each node. */
    public String csv(int node) {
        SplittableRandom random = new SplittableRandom(node);
        StringBuilder text = new StringBuilder(features()).append(", y\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(IntStream.rangeClosed(0, columns())
                    .mapToObj(column -> String.format(Locale.ROOT, "%.4f", random.nextDouble()))
                    .collect(Collectors.joining(","))).append('\n');
        }
        return text.toString().replace(", ", ",");
    }

    private int columns() {
        return parameters <= MOST_COLUMNS ? Math.max(1, parameters - 1) : 1;
    }

    private String features() {
        return IntStream.rangeClosed(1, columns()).mapToObj(column -> "x" + column).collect(Collectors.joining(", "));
    }

    private String model() {
        if (parameters <= MOST_COLUMNS) {
            return "linear";
        }
        int width = (int) Math.round(Math.sqrt(parameters + 4.0)) - 2; // width² + 4 width + 1 parameters
        return "{type: mlp, hidden: [" + width + ", " + width + "]}";
    }
}
