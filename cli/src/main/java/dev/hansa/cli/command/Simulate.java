package dev.hansa.cli.command;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Folders;
import dev.hansa.cli.io.InputFiles;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Told;
import dev.hansa.cli.live.Terminal;
import dev.hansa.cli.option.DevicesConverter;
import dev.hansa.cli.report.RunResult;
import dev.hansa.cli.results.FolderLock;
import dev.hansa.cli.results.RunEnding;
import dev.hansa.cli.results.RunOutputs;
import dev.hansa.cli.rows.ReadingView;
import dev.hansa.cli.rows.RowCache;
import dev.hansa.cli.rows.RowReading;
import dev.hansa.cli.rows.SharedFiles;
import dev.hansa.cli.simulate.NodesOfPartition;
import dev.hansa.cli.simulate.SimulatedClients;
import dev.hansa.cli.simulate.SimulationJob;
import dev.hansa.cli.sweep.CompareOption;
import dev.hansa.cli.sweep.SweepOptions;
import dev.hansa.cli.sweep.SweepRun;
import dev.hansa.spec.Devices;
import dev.hansa.spec.RunFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa simulate}: a whole federation in this process. */
@Command(name = "simulate",
        description = {"Runs a run.yaml in this process, with a client for each CSV file or for each part of one file.",
                "",
                "It is the same round loop and the same training as 'run' uses over a network: with the same data and "
                        + "the same names for the clients it ends in the same model (without rounds that depends on who "
                        + "is faster), and a client with too few rows refuses as a node does. Writes model.safetensors of the last round, "
                        + "best.safetensors of the best, metrics.csv, report.html and run.yaml, which with the same --data runs it again.",
                "",
                "With --seeds or --grid it runs the file many times, each into a folder of its own, and reports of all side "
                        + "by side. Interrupted, the same command goes on where it was. With --compare earlier results stand beside."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.INTERRUPTED},
        footer = {"  ${ROOT-COMMAND-NAME} simulate run.yaml --data alice=alice.csv --data bob=bob.csv",
                "  ${ROOT-COMMAND-NAME} simulate run.yaml --data all.csv --partition dirichlet:100:0.3",
                "  ${ROOT-COMMAND-NAME} simulate run.yaml --data all.csv --grid training.rate=0.01,0.1 --seeds 5"})
final class Simulate implements Callable<Integer> {
    private static final String PARTITION = "simulation.partition";
    private static final String DEVICES = "simulation.devices";

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "RUN.YAML", description = "The run file; '${ROOT-COMMAND-NAME} spec' explains it.")
    private Path runFile;

    @Mixin
    private final SimulatedClients clients = new SimulatedClients();

    @Option(names = "--devices", paramLabel = "KIND", converter = DevicesConverter.class,
            description = "What the clients run on: phones, edge, hospitals or dataCentre. Then time passes in the "
                    + "simulation: who is there, how long they take, what moves. Default: simulation.devices of the run "
                    + "file, or nothing of the kind.")
    private Optional<Devices> devices;

    @Mixin
    private final SweepOptions sweep = new SweepOptions();

    @Mixin
    private final CompareOption compare = new CompareOption();

    @Option(names = "--out", paramLabel = "DIR",
            description = "Where the files go. Default: hansa-out/NAME OF THE RUN.")
    private Optional<Path> out;

    @Option(names = "--cache", paramLabel = "DIR",
            description = "Where the rows of --data are kept in a form from which each client's are taken when they are "
                    + "needed, instead of all in memory; read again only if a file has changed. Default: a folder "
                    + "rows-cache beside the results, and only for data that would fill half of the memory.")
    private Optional<Path> cache;

    Simulate(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() throws Exception {
        clients.workers(); // a mistake there is told before anything is read
        NodesOfPartition nodes = clients.nodes();
        RunFile written = nodes.read(runFile, output);
        RunFile file = asRun(written);
        compare.check(file, results(file).directory());
        SimulationJob job = clients.job(output, reading(file));
        if (sweep.asked()) {
            InputFiles.warn(output, runFile, written, sweep.grid().isEmpty()
                    ? job.read(written, runFile).clients().size() // what is wrong is told of the file as it was written
                    : Integer.MAX_VALUE); // settings may have other clients each
            RunOutputs outputs = results(file);
            Told told = new SweepRun(output, job, sweep, nodes, options(), choices()).run(file, runFile, outputs);
            return compare.after(told, outputs.directory(), output).end(output);
        }
        SimulationJob.Rows on = job.read(written, runFile);
        InputFiles.warn(output, runFile, written, on.clients().size());
        job.checkHeap(file, on.crowd());
        RunOutputs outputs = results(file);
        outputs.prepare();
        outputs.refuseToReplace(runFile, file);
        try (FolderLock _ = FolderLock.take(outputs.directory())) {
            RunResult result = job.run(file, on, outputs, Optional.empty(),
                    output.program("simulate ") + Output.quoted(runFile) + options() + choices(),
                    () -> output.say("interrupted: nothing of the simulation is kept"));
            Told told = RunEnding.print(output, result.spec().name(), result, outputs.files(result));
            return compare.after(told, outputs.directory(), output).end(output);
        }
    }

    private RunOutputs results(RunFile file) {
        return out.map(RunOutputs::new)
                .orElseGet(() -> RunOutputs.named(file.spec().name() + (sweep.asked() ? sweep.folder() : "")));
    }

    private RowReading reading(RunFile file) {
        cache.ifPresent(folder -> Folders.check("--cache", folder));
        RowCache kept = new RowCache(cache.orElseGet(() -> results(file).directory().resolve("rows-cache")));
        Terminal terminal = output.console().terminal();
        return new RowReading(new SharedFiles(), kept, cache.isPresent(), Runtime.getRuntime().maxMemory(),
                csv -> new ReadingView(terminal, csv, System::nanoTime), output.console().ending());
    }

    /** The file with what options say instead of it written into it; to the letter if they say nothing else. */
    private RunFile asRun(RunFile file) {
        Map<String, String> changes = new LinkedHashMap<>();
        clients.partition().filter(how -> !file.simulation().partition().equals(Optional.of(how.partition())))
                .ifPresent(how -> {
                    refuseGridOf(PARTITION, "--partition");
                    how.partition().objection(file.spec().data().schema().label()).ifPresent(objection -> {
                        throw CommandException.usage("--partition " + how + ": " + objection);
                    });
                    changes.put(PARTITION, how.partition().text());
                });
        devices.filter(kind -> !file.simulation().devices().equals(Optional.of(kind))).ifPresent(kind -> {
            refuseGridOf(DEVICES, "--devices");
            changes.put(DEVICES, kind.name());
        });
        return file.with(changes, runFile.toString());
    }

    private void refuseGridOf(String key, String option) {
        if (sweep.varies(key)) {
            throw CommandException.usage(option + " says what --grid varies (" + key + "); expected one of the two");
        }
    }

    /** On what it ran, as it may be typed again. */
    private String options() {
        return clients.filesAsTyped()
                + cache.map(folder -> " --cache " + Output.quoted(folder)).orElse("");
    }

    /** What the run file of the results says too. */
    private String choices() {
        return clients.partitionAsTyped()
                + devices.map(how -> " --devices " + how.name()).orElse("");
    }
}
