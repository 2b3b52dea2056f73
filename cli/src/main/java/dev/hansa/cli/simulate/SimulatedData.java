package dev.hansa.cli.simulate;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.option.NamedFile;
import dev.hansa.cli.option.PartitionOption;
import dev.hansa.cli.rows.ClientRows;
import dev.hansa.cli.rows.RowReading;
import dev.hansa.cli.rows.StoredRows;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.spec.Partition;
import dev.hansa.spec.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The rows of each simulated client, from a file each or from parts of one.
 *
 * @param partition as typed; then what the run file says of it does not count
 * @param reading   how files are read
 */
public record SimulatedData(List<NamedFile> files, Optional<PartitionOption> partition, RowReading reading) {
    private static final String PARTITION = "simulation.partition";
    private static final int MOST_NAMES = 5;

    /**
     * Reads all rows.
     *
     * @param path of the run file
     * @throws CommandException                                   if options contradict each other or the run file
     * @throws dev.hansa.spec.document.InvalidSpecException if the run file asks for what these rows cannot be
     * @throws dev.hansa.core.data.DataException              if a file differs from what the run file declares
     */
    ClientRows read(RunFile file, Path path) {
        RunSpec spec = file.spec();
        ClientRows tables = read(file, path, spec.data());
        if (tables.size() < spec.cohort().nodes()) {
            throw CommandException.usage("the run file wants " + spec.cohort().nodes() + " nodes (cohort.nodes), but "
                    + "there are rows for " + tables.size() + ": " + some(List.copyOf(tables.clients())));
        }
        OptionalInt size = spec.cohort().size();
        if (size.isPresent() && size.getAsInt() > tables.size()) {
            throw file.problem(path, "cohort.size", size.getAsInt() + " clients are to be chosen for a round, and the"
                    + " simulation has " + tables.size() + "; expected at most " + tables.size() + ", or more clients");
        }
        OptionalInt measuring = spec.evaluation().nodes();
        if (measuring.isPresent() && measuring.getAsInt() > tables.size()) {
            throw file.problem(path, "evaluation.nodes",
                    measuring.getAsInt() + " clients are to measure a model, and the"
                            + " simulation has " + tables.size() + "; expected at most " + tables.size() + ", or all");
        }
        return tables;
    }

    private ClientRows read(RunFile file, Path path, DataSpec data) {
        if (partition.isPresent()) {
            String option = "--partition " + partition.get();
            if (!isOneWithoutName()) {
                throw CommandException.usage("--partition divides one file without a name, as in --data all.csv; found "
                        + files.size() + " files with names or several files");
            }
            return parts(file.spec(), partition.get().partition(), "--partition",
                    problem -> CommandException.usage(option + ": " + problem));
        }
        Optional<Partition> byFile = file.simulation().partition();
        return byFile.isPresent() && isOneWithoutName()
                ? parts(file.spec(), byFile.get(), PARTITION + ".column of the run file",
                        problem -> file.problem(path, PARTITION + ".clients", problem))
                : each(data);
    }

    private boolean isOneWithoutName() {
        return files.size() == 1 && files.getFirst().name().isEmpty();
    }

    private ClientRows each(DataSpec data) {
        RowReading.Reader reader = reading.of(files.stream().map(NamedFile::file).toList(), data);
        SortedMap<String, StoredRows> tables = new TreeMap<>();
        for (NamedFile one : files) {
            String name = one.name().orElseThrow(() -> CommandException.usage("--data " + one.file()
                    + " names no client: give NAME=" + one.file() + ", or divide the file with --partition (or"
                    + " simulation.partition in the run file)"));
            if (tables.put(name, reader.read(one.file())) != null) {
                throw CommandException.usage("--data names the client " + name + " twice");
            }
        }
        return ClientRows.each(tables);
    }

    private ClientRows parts(RunSpec spec, Partition how, String where,
            Function<String, RuntimeException> mistake) {
        refuse(how.objection(spec.data().schema().label()), mistake);
        Path csv = files.getFirst().file();
        StoredRows rows = reading.of(List.of(csv), spec.data()).read(csv);
        PartSizes sizes = new PartSizes(how, rows.rows(), spec.data().holdOut());
        refuse(sizes.moreThanRows(), mistake);
        Seed seed = spec.seed().derive("partition");
        Function<String, List<String>> column =
                name -> reading.files().at(csv).column(name, "Name a column of the file in " + where + ".");
        ClientRows parts;
        try {
            parts = ClientRows.cut(rows, how.partitioner(rows::labels, column, seed).rows(rows.rows()));
        } catch (IllegalArgumentException e) { // too few rows
            throw mistake.apply(String.valueOf(e.getMessage()));
        }
        refuse(sizes.tooThin(parts, spec.cohort().minimumReports()), mistake);
        return parts;
    }

    private static void refuse(Optional<String> objection, Function<String, RuntimeException> mistake) {
        objection.ifPresent(problem -> {
            throw mistake.apply(problem);
        });
    }

    private static String some(List<String> clients) {
        int more = clients.size() - MOST_NAMES;
        return more > 0 ? String.join(", ", clients.subList(0, MOST_NAMES)) + " … and " + more + " more"
                : String.join(", ", clients);
    }
}
