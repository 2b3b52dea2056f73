package dev.hansa.cli.simulate;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.option.NamedFile;
import dev.hansa.cli.option.PartitionOption;
import dev.hansa.cli.rows.ClientRows;
import dev.hansa.cli.rows.RowReading;
import dev.hansa.cli.rows.StoredRows;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.model.Seed;
import dev.hansa.spec.Partition;
import dev.hansa.spec.RunFile;
import dev.hansa.wire.Limits;
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
        Optional<String> objection = how.objection(spec.data().schema().label());
        if (objection.isPresent()) {
            throw mistake.apply(objection.get());
        }
        Path csv = files.getFirst().file();
        StoredRows rows = reading.of(List.of(csv), spec.data()).read(csv);
        tooFew(how, rows.rows(), spec.data().holdOut()).ifPresent(problem -> {
            throw mistake.apply(problem);
        });
        Seed seed = spec.seed().derive("partition");
        Function<String, List<String>> column =
                name -> reading.files().at(csv).column(name, "Name a column of the file in " + where + ".");
        try {
            return ClientRows.cut(rows, how.partitioner(rows::labels, column, seed).rows(rows.rows()));
        } catch (IllegalArgumentException e) { // too few rows
            throw mistake.apply(String.valueOf(e.getMessage()));
        }
    }

    private static String some(List<String> clients) {
        int more = clients.size() - MOST_NAMES;
        return more > 0 ? String.join(", ", clients.subList(0, MOST_NAMES)) + " … and " + more + " more"
                : String.join(", ", clients);
    }

    /** What to say of more clients, or shards, than rows: with how many of them each could train. */
    private static Optional<String> tooFew(Partition how, int rows, HoldOut holdOut) {
        int least = least(holdOut);
        if (how instanceof Partition.Shards cut) {
            return new ShardCount(cut.clients(), cut.shards(), rows, least).objection();
        }
        OptionalInt clients = how.numberOfClients();
        if (!clients.isPresent() || clients.getAsInt() <= rows) {
            return Optional.empty();
        }
        return Optional.of("there are " + rows + " rows for " + clients.getAsInt() + " clients; expected "
                + (rows < least ? "more rows" : "at most " + rows / least + " clients") + ", for each needs " + least
                + " rows, " + Limits.LEAST_ROWS + " of them to train on"
                + (holdOut instanceof HoldOut.None ? "" : " and " + Limits.LEAST_ROWS + " held out"));
    }

    /** The fewest rows with which a client takes part. */
    private static int least(HoldOut holdOut) {
        if (!(holdOut instanceof HoldOut.Every every)) {
            return holdOut instanceof HoldOut.None ? Limits.LEAST_ROWS : 2 * Limits.LEAST_ROWS;
        }
        int rows = (Limits.LEAST_ROWS - 1) * every.n() + 1; // the first is held out, and each nth after it
        return Math.max(rows, 2 * Limits.LEAST_ROWS);
    }
}
