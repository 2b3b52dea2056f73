package dev.hansa.cli;

import dev.hansa.cli.report.RunResult;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.spec.RunFile;
import java.util.List;

/** Run files that promise something of the data. */
public final class PrivateRun {
    private static final String RUN = """
            hansa: 1
            name: private
            data: {features: [x], label: {y: {type: category, values: [a, b]}}, standardise: false}
            model: softmax
            rounds: 20
            cohort: {nodes: 1000, minimumReports: 2, select: {type: poisson, rate: 0.1}}
            """;

    private PrivateRun() {}

    /** A run of 20 rounds with that section, to which a tenth of 1000 nodes is drawn by coins. */
    public static String file(String privacy) {
        return RUN + "privacy: " + privacy + "\n";
    }

    /** The same, read. */
    public static RunSpec spec(String privacy) {
        return RunFile.parse(file(privacy), "run.yaml").spec();
    }

    /** The same whose columns are standardised. */
    public static RunSpec standardised(String privacy) {
        return RunFile.parse(file(privacy).replace("standardise: false", "standardise: true"), "run.yaml").spec();
    }

    /** The same in which a node makes 5 steps a round, as {@code examples} want it. */
    public static RunSpec ofSteps(String privacy) {
        return RunFile.parse(file(privacy) + "training: {steps: 5}\n", "run.yaml").spec();
    }

    /** A run with that section that could have been, of so many rounds. */
    public static RunResult result(String privacy, int rounds) {
        return result(file(privacy), spec(privacy), rounds);
    }

    /** Such a run of that file that could have been, of so many rounds. */
    public static RunResult result(String text, RunSpec spec, int rounds) {
        RunResult sample = SampleRun.result("r", Math.max(1, rounds), List.of("alice", "bob"));
        return new RunResult(text, spec, sample.rounds().subList(0, rounds), sample.outcome(),
                sample.refused(),
                sample.late(), sample.abandoned(), sample.trafficByNode(), sample.started(), sample.duration(),
                sample.setting(), sample.comparison());
    }
}
