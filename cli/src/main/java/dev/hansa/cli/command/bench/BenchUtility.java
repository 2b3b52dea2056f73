package dev.hansa.cli.command.bench;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.bench.UtilityBench;
import dev.hansa.cli.bench.UtilityBench.Cell;
import dev.hansa.cli.bench.UtilityTable;
import dev.hansa.cli.bench.UtilityWork;
import dev.hansa.cli.bench.Workshop;
import dev.hansa.cli.example.DataSet;
import dev.hansa.cli.example.RawFiles;
import dev.hansa.cli.example.Tables;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.WholeFile;
import dev.hansa.cli.simulate.Trials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansa bench utility}: what privacy costs. */
@Command(name = "utility",
        description = {
                "Measures what privacy costs: the accuracy of models for each budget epsilon, mechanism by mechanism, "
                        + "in simulations on real data.",
                "",
                "The settings are the same for all of them but for the noise. docs/privacy.md has the tables."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.INTERRUPTED},
        footer = {"  ${ROOT-COMMAND-NAME} bench utility --data ~/data --markdown utility.md"})
final class BenchUtility implements Callable<Integer> {
    private static final List<String> MECHANISMS = List.of("central", "distributed", "local");
    private static final double[] BUDGETS = {8, 4, 2, 1};

    @Mixin
    private final Output output;

    @Option(names = "--data", paramLabel = "FOLDER",
            description = "The folders of all data sets, as of 'example'. Default: the folder shared/data beside this one or "
                    + "a folder above it.")
    private Optional<Path> data;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "5",
            description = "How often each setting is run. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(names = "--epsilon", paramLabel = "E", split = ",",
            description = "The budgets, separated by commas. Default: 8,4,2,1.")
    private double[] budgets = BUDGETS;

    @Option(names = "--work", paramLabel = "NAME", split = ",",
            description = "What is learned: writers, hospitals. Default: both.")
    private List<String> works = List.of();

    @Option(names = "--markdown", paramLabel = "FILE",
            description = "Write the tables into it: in place of those that it has, or as a file of its own.")
    private Optional<Path> markdown;

    BenchUtility(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seeds < 1) {
            throw CommandException.usage("--seeds is " + seeds + ", expected at least 1");
        }
        for (double epsilon : budgets) {
            if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
                throw CommandException.usage("--epsilon is " + epsilon + ", expected finite numbers greater than 0");
            }
        }
        StringBuilder tables = new StringBuilder();
        Map<String, Object> object = new LinkedHashMap<>();
        try (Workshop workshop = new Workshop(Path.of(System.getProperty("java.io.tmpdir")));
                var _ = output.console().ending().duty(workshop::close)) {
            for (UtilityWork work : chosen()) {
                Prepared prepared = prepare(work, workshop);
                List<Cell> cells = measure(work, prepared);
                String table = UtilityTable.of(work, seeds, prepared.guessed(), cells);
                output.print(table.stripTrailing());
                tables.append(table);
                object.put(work.toString(), Map.of("guessed", prepared.guessed(), "cells",
                        cells.stream().map(BenchUtility::object).toList()));
            }
        }
        if (markdown.isPresent()) {
            String page = UtilityTable.page(markdown.get(), tables.toString());
            new WholeFile(markdown.get()).write(out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
        }
        output.json(object);
        return ExitCode.OK.number();
    }

    private static Map<String, @Nullable Object> object(Cell cell) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("mechanism", cell.mechanism().isEmpty() ? null : cell.mechanism());
        object.put("epsilon", Double.isInfinite(cell.epsilon()) ? null : cell.epsilon());
        object.put("noise", cell.noise());
        object.put("accuracy", cell.accuracy());
        return object;
    }

    private List<UtilityWork> chosen() {
        List<UtilityWork> all = List.of(UtilityWork.values());
        works.stream().filter(name -> all.stream().noneMatch(work -> work.toString().equals(name))).findFirst()
                .ifPresent(name -> {
                    throw CommandException.usage("--work is " + name + ", expected writers or hospitals");
                });
        return works.isEmpty() ? all : all.stream().filter(work -> works.contains(work.toString())).toList();
    }

    private Prepared prepare(UtilityWork work, Workshop workshop) throws IOException {
        DataSet set = work.example().data();
        Path raw = data.or(() -> DataSet.besides(Path.of(""))).flatMap(set::in)
                .orElseThrow(() -> CommandException.usage("the data of " + work
                        + " is not found: expected --data FOLDER"
                        + " with " + String.join(", ", set.files().keySet()) + ". They come from " + set.origin()));
        return workshop.start(folder -> {
            Path own = folder.resolve(work.toString());
            Tables tables = work.example().tables(new RawFiles(set, raw));
            tables.write(own);
            return new Prepared(own, tables.unseen().orElse(tables.rows())
                    .mostFrequent(work.file().spec().data().schema().label().name()));
        });
    }

    private List<Cell> measure(UtilityWork work, Prepared tables) throws InterruptedException {
        Trials trials = Trials.on(output, tables.folder(), work.file(), Runtime.getRuntime().availableProcessors());
        return new UtilityBench(work, trials, seeds, output::say).measure(MECHANISMS, budgets);
    }

    /**
     * Tables, which go with the folder that they are in.
     *
     * @param guessed how accurate it is to say the most frequent answer always
     */
    private record Prepared(Path folder, double guessed) implements AutoCloseable {
        @Override
        public void close() {
            // nothing is open
        }
    }
}
