package dev.hansa.cli.sweep;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Version;
import dev.hansa.cli.io.Folders;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.ReportFile;
import dev.hansa.cli.io.Told;
import dev.hansa.cli.io.WholeFile;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.cli.report.Sweep;
import dev.hansa.cli.report.SweepReport;
import dev.hansa.cli.report.SweptCell;
import dev.hansa.cli.report.SweptRun;
import dev.hansa.cli.results.ResultSets;
import dev.hansa.cli.results.ResultSets.ResultSet;
import dev.hansa.cli.results.StoredRun;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Results of simulations in one report.
 *
 * @param folders that they lie in, or below
 * @param report  the file that the report goes to
 */
public record SideBySide(List<Path> folders, Path report) {
    private static final String RESULTS = "results";

    public SideBySide {
        folders = List.copyOf(folders);
    }

    /**
     * Sees that the report takes the place of no other file than a report.
     *
     * @throws CommandException if it would, or has no folder to go to
     */
    public void checkReport() throws IOException {
        Folders.check("--out", base());
        ReportFile.check("--out", report);
    }

    /**
     * Reads the results, writes the report, and tells people of both.
     *
     * @throws CommandException if a folder holds no results, or they cannot be compared
     */
    public Told tell(Output output) throws IOException {
        ResultSets results = ResultSets.in(folders);
        List<String> notes = notes(results);
        Sweep sweep = sweep(results, notes, again(output));
        notes.forEach(output::say);
        Files.createDirectories(base());
        new WholeFile(report).write(page -> page.write(SweepReport.of(sweep).getBytes(StandardCharsets.UTF_8)));
        return SweepEnding.print(output, sweep, Map.of("report", report));
    }

    /**
     * The metric that all of the results are measured by.
     *
     * @throws CommandException if there are two
     */
    static String headline(ResultSets results) {
        ResultSet first = results.sets().getFirst();
        String headline = Headline.metric(spec(first));
        for (ResultSet set : results.sets()) {
            if (!Headline.metric(spec(set)).equals(headline)) {
                throw CommandException.usage(set.name() + " is measured by " + Headline.metric(spec(set)) + ", and "
                        + first.name() + " by " + headline + "; expected results of models that predict the same");
            }
        }
        return headline;
    }

    private Path base() {
        return Objects.requireNonNull(report.toAbsolutePath().getParent());
    }

    private String again(Output output) {
        return output.program("compare ") + folders.stream().map(Output::quoted).collect(Collectors.joining(" "))
                + " --out " + Output.quoted(report);
    }

    private static List<String> notes(ResultSets results) {
        return results.byData().size() < 2 ? List.of()
                : List.of("They were run on different rows: " + results.byData().values().stream()
                        .map(names -> String.join(", ", names)).collect(Collectors.joining(" on some; "))
                        + " on others. What differs may come of the rows alone.");
    }

    private Sweep sweep(ResultSets results, List<String> notes, String again) throws IOException {
        String headline = headline(results);
        List<String> differences = results.differences();
        List<SweptCell> cells = new ArrayList<>();
        for (ResultSet set : results.sets()) {
            Map<String, String> settings = new LinkedHashMap<>(Map.of(RESULTS, set.name()));
            settings.putAll(ResultSets.settings(set, differences));
            List<SweptRun> runs = new ArrayList<>();
            for (StoredRun run : set.runs()) {
                runs.add(run.swept(base()));
            }
            cells.add(new SweptCell(set.name(), settings, runs));
        }
        return new Sweep("Comparison", Format.count(cells.size(), "result") + " side by side", List.of(RESULTS), cells,
                headline, headline.equals(Metrics.RMSE)
                        ? spec(results.sets().getFirst()).data().schema().label().unit()
                        : "",
                notes, again, Version.number());
    }

    private static RunSpec spec(ResultSet set) {
        return set.runs().getFirst().file().spec();
    }
}
