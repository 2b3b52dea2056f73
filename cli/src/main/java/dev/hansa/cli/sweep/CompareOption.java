package dev.hansa.cli.sweep;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Told;
import dev.hansa.cli.live.Headline;
import dev.hansa.cli.results.ResultSets;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Earlier results that those of a simulation are put beside at its end. */
public final class CompareOption {
    private static final String REPORT = "compare.html";

    @Option(names = "--compare", paramLabel = "DIR[,DIR…]",
            description = "Compare the results at the end with earlier ones: folders that 'simulate' has written, with a "
                    + "comma between them or the option once for each. The report is compare.html among the new results; "
                    + "'${ROOT-COMMAND-NAME} compare' does the same later.")
    private List<String> named = List.of();

    /**
     * Sees before the start that there are results, and that those of the run can be compared with them.
     *
     * @param own where the results of the run will lie
     * @throws CommandException if not
     */
    public void check(RunFile file, Path own) throws IOException {
        List<Path> folders = folders();
        if (folders.isEmpty()) {
            return;
        }
        for (Path folder : folders) {
            if (whole(folder).equals(whole(own))) {
                throw CommandException.usage("--compare: " + folder + " is where the results of this simulation go, in"
                        + " place of what is there; name another folder with --out");
            }
        }
        ResultSets earlier = ResultSets.in(folders);
        String theirs = SideBySide.headline(earlier);
        String ours = Headline.metric(file.spec());
        if (!theirs.equals(ours)) {
            throw CommandException.usage("--compare: " + earlier.sets().getFirst().name() + " is measured by " + theirs
                    + ", and this run file by " + ours + "; expected results of models that predict the same");
        }
        with(own).checkReport();
    }

    private static Path whole(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    /** What is told of the simulation, and of the comparison if one was asked for. */
    public Told after(Told simulation, Path own, Output output) throws IOException {
        return named.isEmpty() ? simulation : simulation.with("comparison", with(own).tell(output).object());
    }

    private SideBySide with(Path own) {
        return new SideBySide(Stream.concat(Stream.of(own), folders().stream()).toList(), own.resolve(REPORT));
    }

    private List<Path> folders() {
        return named.stream().flatMap(text -> divided(text).stream()).map(Path::of).toList();
    }

    /** At commas, but for those in the names of folders that there are: a grid's have some. */
    private static List<String> divided(String text) {
        List<String> parts = List.of(text.split(","));
        List<String> names = new ArrayList<>();
        for (int from = 0, end; from < parts.size(); from = end) {
            end = parts.size();
            while (end > from + 1 && !Files.isDirectory(Path.of(String.join(",", parts.subList(from, end))))) {
                end--;
            }
            names.add(String.join(",", parts.subList(from, end)));
        }
        return names;
    }
}
