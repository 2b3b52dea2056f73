package dev.hansa.cli.sweep;

import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.TextTable;
import dev.hansa.cli.io.Told;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.report.Sample;
import dev.hansa.cli.report.Sweep;
import dev.hansa.cli.report.SweepPrivacy;
import dev.hansa.cli.report.SweptCell;
import dev.hansa.cli.report.SweptRun;
import dev.hansa.core.coordinator.Failures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says what came of runs side by side: a table, the best setting first, and one object. */
final class SweepEnding {

    private SweepEnding() {}

    /**
     * Tells people.
     *
     * @param files by what they are
     * @return failed if any run did not finish
     */
    static Told print(Output output, Sweep sweep, Map<String, Path> files) {
        output.print(table(sweep));
        privacy(output, sweep);
        differences(sweep).ifPresent(output::print);
        if (sweep.unfinished() > 0) {
            output.say("hansa: " + sweep.unfinished() + " of " + Format.count(sweep.runs(), "run")
                    + " did not finish; the reports in their folders tell more");
            reasons(sweep).forEach(output::say);
        }
        new TreeMap<>(files).forEach((what, file) -> output.print(String.format("  %-8s %s", what, file)));
        return new Told(sweep.unfinished() == 0 ? ExitCode.OK : ExitCode.FAILED, object(sweep, files));
    }

    private static void privacy(Output output, Sweep sweep) {
        List<String> terms = SweepPrivacy.terms(sweep);
        terms.forEach(
                line -> output.print(line + "; if it had been run, for noise of a simulation comes from its seed"));
        List<String> open = SweepPrivacy.open(sweep);
        if (!open.isEmpty()) {
            output.printBad("privacy" + (terms.isEmpty() ? "" : " of " + SweepPrivacy.some(open))
                    + ": none; what was learned may tell of single nodes and rows");
        }
        SweepPrivacy.littleLearned(sweep).forEach(output::printBad);
    }

    private static boolean isPrivate(Sweep sweep) {
        return sweep.cells().stream().anyMatch(cell -> cell.last(Sweep.EPSILON).size() > 0);
    }

    /** Why runs did not finish: each kind of reason once, with how many runs had it. */
    private static List<String> reasons(Sweep sweep) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        sweep.cells().stream().flatMap(cell -> cell.runs().stream()).filter(run -> !run.finished())
                .forEach(run -> kinds.computeIfAbsent(Failures.kind(run.reason()), _ -> new ArrayList<>())
                        .add(run.ending() + ": " + run.reason()));
        return kinds.values().stream()
                .map(same -> "  " + Format.count(same.size(), "run") + " " + same.getFirst()).toList();
    }

    private static TextTable table(Sweep sweep) {
        String metric = sweep.metric();
        List<String> header = new ArrayList<>(List.of(""));
        header.addAll(sweep.keys().isEmpty() ? List.of("RUN") : sweep.keys());
        header.add(Sweep.name(metric).toUpperCase(Locale.ROOT));
        if (isPrivate(sweep)) {
            header.add("EPSILON");
        }
        header.addAll(List.of("RUNS", "SECONDS"));
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (SweptCell cell : sweep.ranked()) {
            List<Object> row = new ArrayList<>(List.of(sweep.best().filter(cell::equals).isPresent() ? "*" : ""));
            if (sweep.keys().isEmpty()) {
                row.add(cell.name().isEmpty() ? sweep.title() : cell.name());
            }
            sweep.keys().forEach(key -> row.add(sweep.shown(cell, key)));
            row.add(cell.last(metric).text());
            if (isPrivate(sweep)) {
                boolean open = cell.runs().stream().allMatch(run -> run.promise().isEmpty());
                row.add(open ? "none" : Sweep.text(cell, Sweep.EPSILON));
            }
            row.add(cell.runs().size() + (cell.unfinished() > 0 ? " (" + cell.unfinished() + " unfinished)" : ""));
            row.add(Format.number(cell.runs().stream().mapToDouble(SweptRun::seconds).sum()));
            table.row(row.toArray());
        }
        return table;
    }

    /** What the run files say otherwise, key by key. */
    private static Optional<TextTable> differences(Sweep sweep) {
        if (sweep.differences().isEmpty()) {
            return Optional.empty();
        }
        List<String> header = new ArrayList<>(List.of("KEY"));
        sweep.cells().forEach(cell -> header.add(cell.name()));
        TextTable table = new TextTable(header.toArray(String[]::new));
        sweep.differences().forEach(key -> {
            List<Object> row = new ArrayList<>(List.of(key));
            sweep.cells().forEach(cell -> row.add(sweep.shown(cell, key)));
            table.row(row.toArray());
        });
        return Optional.of(table);
    }

    private static Map<String, Object> object(Sweep sweep, Map<String, Path> files) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", sweep.title());
        object.put("runs", sweep.runs());
        object.put("unfinished", sweep.unfinished());
        object.put("metric", sweep.metric());
        object.put("best", sweep.best().map(SweptCell::settings).orElse(null));
        object.put("notes", sweep.notes());
        object.put("cells", sweep.ranked().stream().map(cell -> cell(cell, sweep.metric())).toList());
        new TreeMap<>(files).forEach((what, file) -> object.put(what, file.toAbsolutePath().toString()));
        return object;
    }

    private static Map<String, Object> cell(SweptCell cell, String metric) {
        Sample last = cell.last(metric);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", cell.name());
        object.put("settings", cell.settings());
        object.put("mean", Double.isFinite(last.mean()) ? last.mean() : null);
        object.put("deviation", Double.isFinite(last.deviation()) && last.size() > 1 ? last.deviation() : null);
        object.put("runs", cell.runs().stream().map(run -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("seed", run.seed());
            one.put("outcome", run.ending());
            one.put("value", run.last(metric).isPresent() ? run.last(metric).getAsDouble() : null);
            one.put("epsilon", run.last(Sweep.EPSILON).isPresent() ? run.last(Sweep.EPSILON).getAsDouble() : null);
            one.put("privacy", run.promise().orElse(null));
            one.put("littleLearned", run.littleLearned().orElse(null));
            one.put("seconds", run.seconds());
            one.put("folder", run.folder());
            return one;
        }).toList());
        return object;
    }
}
