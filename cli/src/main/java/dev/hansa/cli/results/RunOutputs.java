package dev.hansa.cli.results;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.FileSet;
import dev.hansa.cli.io.Folders;
import dev.hansa.cli.io.Leftovers;
import dev.hansa.cli.io.WholeFile;
import dev.hansa.cli.report.HtmlReport;
import dev.hansa.cli.report.MetricsCsv;
import dev.hansa.cli.report.RunResult;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a run leaves to its starter, in one folder; they replace those of the same names, and not before all of
 * them are written.
 *
 * @param directory to be {@linkplain #prepare made} first
 */
public record RunOutputs(Path directory) {
    private static final Path DEFAULT = Path.of("hansa-out");

    /** Where files go that nobody named a folder for. */
    public static RunOutputs named(String run) {
        String name = run.replaceAll("[^\\p{Alnum}._-]+", "-").replaceAll("^[.-]+", "");
        return new RunOutputs(DEFAULT.resolve(name.isEmpty() ? "run" : name));
    }

    /**
     * Makes the folder, before work is done whose results would be lost, and clears it of what was being written when an
     * earlier process was killed.
     *
     * @throws CommandException if that does not go
     */
    public void prepare() {
        Folders.check("--out", directory);
        try {
            Files.createDirectories(directory);
            Leftovers.clear(directory);
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "--out: the folder " + directory
                    + " cannot be made; name one that can, or that is there");
        }
    }

    /**
     * Sees that the run file of the results does not take the place of the user's own.
     *
     * @param own  where the user's lies
     * @param file as it is run
     * @throws CommandException if it would, and options have changed what it says
     */
    public void refuseToReplace(Path own, RunFile file) throws IOException {
        if (Files.exists(runFile()) && Files.isSameFile(own, runFile())
                && !Files.readString(own).equals(file.text())) {
            throw CommandException.usage("--out: " + runFile() + " is the run file itself, and would be replaced by one"
                    + " that says what the options say; name another folder");
        }
    }

    public Path model() {
        return directory.resolve("model.safetensors");
    }

    public Path best() {
        return directory.resolve("best.safetensors");
    }

    public Path metrics() {
        return directory.resolve(StoredRun.METRICS);
    }

    public Path report() {
        return directory.resolve("report.html");
    }

    public Path runFile() {
        return directory.resolve(StoredRun.RUN_FILE);
    }

    private Path receipt() {
        return directory.resolve(Receipt.FILE);
    }

    /**
     * Writes the report, the metrics and, if a round was committed, the model; also the best one, if there is one. What is
     * there stays until all of them are written.
     */
    public void write(RunResult result, WholeFile.Content model, WholeFile.Content best) throws IOException {
        try (FileSet files = new FileSet()) {
            add(files, result, model, best);
            files.putInPlace();
        }
    }

    /**
     * The same with the run file, to the letter, and last of all what says that the results are whole. They take the place
     * of all that an earlier run left; but if this one did not finish and that one did, its results are kept.
     *
     * @return where those of the earlier run are, if they are kept
     */
    public Optional<Path> write(RunResult result, WholeFile.Content model, WholeFile.Content best, RunFile file,
            Receipt receipt) throws IOException {
        try (FileSet files = new FileSet()) {
            add(files, result, model, best);
            files.add(runFile(), out -> out.write(file.text().getBytes(StandardCharsets.UTF_8)));
            files.add(receipt(), out -> out.write(receipt.text().getBytes(StandardCharsets.UTF_8)));
            boolean keep = !receipt.finished() && Receipt.of(directory).filter(Receipt::finished).isPresent();
            if (keep) {
                keep(earlier());
            }
            clear();
            files.putInPlace();
            return keep ? Optional.of(earlier()) : Optional.empty();
        }
    }

    private void add(FileSet files, RunResult result, WholeFile.Content model, WholeFile.Content best)
            throws IOException {
        if (!result.rounds().isEmpty()) {
            files.add(model(), model);
        }
        if (result.best().isPresent()) {
            files.add(best(), best);
        }
        files.add(metrics(),
                out -> out.write(MetricsCsv.of(result)
                        .getBytes(StandardCharsets.UTF_8)));
        files.add(report(), out -> out.write(HtmlReport.of(result).getBytes(StandardCharsets.UTF_8)));
    }

    private Path earlier() {
        return directory.resolve("earlier");
    }

    /** Moves what is there; what says that it is whole goes first from here and comes last there. */
    private void keep(Path folder) throws IOException {
        Files.createDirectories(folder);
        RunOutputs kept = new RunOutputs(folder);
        kept.clear();
        String whole = Files.readString(receipt());
        Files.delete(receipt());
        for (Path old : List.of(model(), best(), metrics(), report())) {
            if (Files.exists(old)) {
                Files.move(old, folder.resolve(old.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (Files.exists(runFile())) { // which may be the user's own, and stays
            Files.copy(runFile(), kept.runFile(), StandardCopyOption.REPLACE_EXISTING);
        }
        new WholeFile(kept.receipt()).write(out -> out.write(whole.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Takes away what an earlier run left, first of all what says that it is whole.
     *
     * @throws IOException if something cannot be removed
     */
    void clear() throws IOException {
        for (Path old : List.of(receipt(), model(), best())) {
            Files.deleteIfExists(old);
        }
    }

    /** Writes the report alone. */
    public void report(RunResult result) throws IOException {
        new WholeFile(report()).write(out -> out.write(HtmlReport.of(result).getBytes(StandardCharsets.UTF_8)));
    }

    /** By what they are. */
    public Map<String, Path> files(RunResult result) {
        Map<String, Path> files = new LinkedHashMap<>();
        if (!result.rounds().isEmpty()) {
            files.put("model", model());
        }
        if (result.best().isPresent()) {
            files.put("best", best());
        }
        files.put("metrics", metrics());
        files.put("report", report());
        return files;
    }
}
