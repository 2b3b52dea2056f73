package dev.hansa.cli.simulate;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.option.NamedFile;
import dev.hansa.cli.option.PartitionOption;
import dev.hansa.cli.option.RowsOption;
import dev.hansa.cli.rows.RowReading;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that simulate the clients of a run: which rows each has, and how many train at once. */
public final class SimulatedClients {
    @Option(names = "--data", required = true, paramLabel = "[NAME=]CSV", converter = NamedFile.Converter.class,
            description = "A client's name and its rows; once for each client. Or one file without a name, to be "
                    + "divided by --partition, or as the run file says (simulation.partition).")
    private List<NamedFile> data;

    @Option(names = "--partition", paramLabel = "HOW", converter = PartitionOption.Converter.class,
            description = "How to divide one file into clients: iid:N for N clients with random rows; dirichlet:N:ALPHA "
                    + "for other classes; shards:N:SHARDS for few labels; powerlaw:N:EXPONENT for other numbers of rows; "
                    + "column:NAME for a client for each value of a column. Default: simulation.partition of the run "
                    + "file.")
    private Optional<PartitionOption> partition;

    @Mixin
    private final RowsOption rows = new RowsOption();

    @Option(names = "--threads", paramLabel = "N",
            description = "How many clients train at once. Default: the number of processors. It changes the time, "
                    + "never the model.")
    private Optional<Integer> threads;

    /** How to divide one file, if that was typed. */
    public Optional<PartitionOption> partition() {
        return partition;
    }

    /** How many nodes these clients are. */
    public NodesOfPartition nodes() {
        return NodesOfPartition.of(data, partition.map(PartitionOption::partition));
    }

    /**
     * How many clients train at once.
     *
     * @throws CommandException if none would
     */
    public int workers() {
        int workers = threads.orElse(Runtime.getRuntime().availableProcessors());
        if (workers < 1) {
            throw CommandException.usage("--threads is " + workers + ", expected at least 1");
        }
        return workers;
    }

    /** What runs a file on them. */
    public SimulationJob job(Output output, RowReading reading) {
        return new SimulationJob(output, new SimulatedData(data, partition, reading), rows, workers());
    }

    /** The files, as they may be typed again. */
    public String filesAsTyped() {
        return data.stream().map(one -> " --data " + Output.quoted(one)).collect(Collectors.joining()) + rows.text();
    }

    /** How they are divided, as it may be typed again. */
    public String partitionAsTyped() {
        return partition.map(how -> " --partition " + Output.quoted(how)).orElse("");
    }
}
