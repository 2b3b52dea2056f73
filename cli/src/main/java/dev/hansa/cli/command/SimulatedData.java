package dev.hansa.cli.command;

import dev.hansa.cli.CommandException;
import dev.hansa.client.data.CsvSource;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of each simulated client, from a file each or from parts of one. */
record SimulatedData(List<NamedFile> files, Optional<PartitionOption> partition) {
    private static final String REMEDY = "Mend the file, or what the run file says under data.";

    /**
     * Reads all rows.
     *
     * @throws CommandException                      if options contradict each other or the run file
     * @throws dev.hansa.core.data.DataException if a file differs from what the run file declares
     */
    SortedMap<String, Table> read(RunSpec spec) {
        SortedMap<String, Table> tables = partition.isPresent()
                ? parts(spec, partition.get())
                : each(spec.data());
        if (tables.size() < spec.cohort().nodes()) {
            throw CommandException.usage("the run file wants " + spec.cohort().nodes() + " nodes (cohort.nodes), but "
                    + "there are rows for " + tables.size() + ": " + String.join(", ", tables.keySet()));
        }
        return tables;
    }

    private SortedMap<String, Table> each(DataSpec data) {
        SortedMap<String, Table> tables = new TreeMap<>();
        for (NamedFile one : files) {
            String name = one.name().orElseThrow(() -> CommandException.usage("--data " + one.file()
                    + " names no client: give NAME=" + one.file() + ", or divide the file with --partition"));
            if (tables.put(name, new CsvSource(one.file(), REMEDY).read(data)) != null) {
                throw CommandException.usage("--data names the client " + name + " twice");
            }
        }
        return tables;
    }

    private SortedMap<String, Table> parts(RunSpec spec, PartitionOption how) {
        if (files.size() != 1 || files.getFirst().name().isPresent()) {
            throw CommandException.usage("--partition divides one file without a name, as in --data all.csv; found "
                    + files.size() + " files with names or several files");
        }
        Path file = files.getFirst().file();
        return how.divide(file, new CsvSource(file, REMEDY).read(spec.data()), spec.seed().derive("partition"));
    }
}
