package dev.hansa.cli.results;

import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Told;
import dev.hansa.cli.live.BestText;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.cli.promise.Promise;
import dev.hansa.cli.report.LittleLearned;
import dev.hansa.cli.report.RunResult;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.model.Metrics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Says how a run ended and where its files are; the same for a simulation and a run over a network. */
public final class RunEnding {

    private RunEnding() {}

    /**
     * Tells people and machines.
     *
     * @param run by which the coordinator knows it; of a simulation, its name
     * @return the exit code
     */
    public static int tell(Output output, String run, RunResult result, Map<String, Path> files) {
        return print(output, run, result, files).end(output);
    }

    /** Tells people alone. */
    public static Told print(Output output, String run, RunResult result, Map<String, Path> files) {
        StringBuilder line =
                new StringBuilder(result.spec().name()).append(": ").append(result.ending()).append(" after ")
                        .append(Format.count(result.rounds().size(), "round")).append(" in ")
                        .append(Format.seconds(result.duration()));
        if (result.setting().hasVirtualTime()) {
            line.append(" (").append(Format.seconds(RoundRecord.durations(result.rounds())))
                    .append(" of the devices' time)");
        }
        String metric = Headline.metric(result.spec());
        last(result, RoundRecord::evaluation).get(metric).ifPresent(
                value -> line.append("; held-out ").append(Headline.name(metric)).append(' ')
                        .append(Format.number(value)));
        last(result, RoundRecord::central).get(metric).ifPresent(
                value -> line.append("; central ").append(Format.number(value)));
        output.print(line.toString());
        result.best().ifPresent(best -> output.print("  best: " + BestText.of(best, result.rounds())));
        Map<String, Object> object = object(run, result, files);
        privacy(output, result, object);
        LittleLearned.of(result).ifPresent(little -> output.printBad("  the model has " + little));
        result.unmeasured().forEach(missing -> output.print("  not measured: " + missing));
        if (!result.finished()) {
            output.say("hansa: the run " + result.ending() + ": " + result.reason());
        }
        files.forEach((what, file) -> output.print(String.format("  %-8s %s", what, file)));
        return new Told(result.finished() ? ExitCode.OK : ExitCode.FAILED, object);
    }

    /** What is promised, for people and machines. */
    public static void privacy(Output output, RunResult result, Map<String, Object> object) {
        Optional<Promise> promise = Promise.of(result.spec());
        if (promise.isEmpty()) {
            output.printBad("  privacy: none; what was learned may tell of single nodes and rows");
        } else {
            double epsilon = promise.get().plan().epsilon(result.rounds().size());
            output.print("  privacy: " + promise.get().inShort(epsilon)
                    + (result.setting().simulated()
                            ? "; if it had been run, for noise of a simulation comes from its seed"
                            : ""));
            object.put("epsilon", epsilon);
            object.put("delta", promise.get().delta());
        }
        object.put("private", promise.isPresent());
    }

    private static Map<String, Object> object(String run, RunResult result, Map<String, Path> files) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("run", run);
        object.put("name", result.spec().name());
        object.put("outcome", result.ending());
        object.put("reason", result.reason());
        object.put("rounds", result.rounds().size());
        object.put("abandoned", result.abandoned().size());
        object.put("nodes", result.nodes());
        object.put("refused", result.refused());
        object.put("failed", result.failed());
        object.put("training",
                (result.rounds().isEmpty() ? Metrics.NONE : result.rounds().getLast().training()).values());
        object.put("evaluation", last(result, RoundRecord::evaluation).values());
        object.put("central", last(result, RoundRecord::central).values());
        object.put("bestRound", result.best().orElse(null));
        object.put("littleLearned", LittleLearned.of(result).orElse(null));
        object.put("closing", result.closing());
        object.put("unmeasured", result.unmeasured());
        object.put("bytesSent", result.traffic().sent());
        object.put("bytesReceived", result.traffic().received());
        object.put("bytesSaved", result.traffic().saved());
        object.put("seconds", result.duration().toMillis() / 1000.0);
        if (result.setting().hasVirtualTime()) {
            object.put("virtualSeconds", RoundRecord.durations(result.rounds()).toMillis() / 1000.0);
        }
        files.forEach((what, file) -> object.put(what, file.toAbsolutePath().toString()));
        return object;
    }

    private static Metrics last(RunResult result, Function<RoundRecord, Metrics> measured) {
        return result.rounds().reversed().stream().map(measured)
                .filter(metrics -> !metrics.equals(Metrics.NONE)).findFirst().orElse(Metrics.NONE);
    }
}
