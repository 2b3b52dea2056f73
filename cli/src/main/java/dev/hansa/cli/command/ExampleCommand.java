package dev.hansa.cli.command;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.example.DataSet;
import dev.hansa.cli.example.Example;
import dev.hansa.cli.example.Examples;
import dev.hansa.cli.example.RawFiles;
import dev.hansa.cli.example.Tables;
import dev.hansa.cli.io.Folders;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.TextTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa example}: makes the tables and the run file of an example on real data. */
@Command(name = "example",
        description = {"Prepares an example on real data: its tables and a run.yaml that explains itself.", "",
                "Without a name it lists the examples, and whether their data was found. It downloads nothing: the files "
                        + "are taken as they were published, compared with what they should be, and become rows.csv (and "
                        + "unseen.csv, of people or machines that no client has). Then it says what to type."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} example",
                "  ${ROOT-COMMAND-NAME} example handwriting --data ~/mnist-writers --out handwriting"})
final class ExampleCommand implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The example; without it they are listed.")
    private Optional<String> name;

    @Option(names = "--data", paramLabel = "FOLDER",
            description = "Where the published files are, or the folders of all data sets. Default: the folder "
                    + "shared/data beside this one or a folder above it.")
    private Optional<Path> data;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Where the files go; tables of the same names are replaced, a run.yaml that you changed is not. "
                    + "Default: the example's name.")
    private Optional<Path> out;

    ExampleCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() throws IOException {
        Optional<Path> place = data.or(() -> DataSet.besides(Path.of("")));
        if (data.isPresent() && !Files.isDirectory(data.get())) {
            throw CommandException.usage("--data: there is no folder " + data.get());
        }
        if (name.isPresent()) {
            prepare(Examples.named(name.get()), place);
        } else {
            list(place);
        }
        return ExitCode.OK.number();
    }

    private void list(Optional<Path> place) {
        TextTable table = new TextTable("example", "data", "what");
        for (Example example : Examples.all()) {
            table.row(example.name(), folder(example, place).isPresent() ? "found" : "not found", example.title());
        }
        output.print(table);
        output.print("");
        output.print("'" + output.program("example NAME --data FOLDER") + "' prepares one.");
        output.json(Map.of("examples", Examples.all().stream().map(example -> Map.of("name", example.name(),
                "title", example.title(), "found", folder(example, place).isPresent())).toList()));
    }

    private static Optional<Path> folder(Example example, Optional<Path> place) {
        return place.flatMap(example.data()::in);
    }

    private void prepare(Example example, Optional<Path> place) throws IOException {
        DataSet set = example.data();
        Path folder = folder(example, place).orElseThrow(() -> CommandException.usage(
                (place.isPresent() ? "there are no files of this example in " + place.get() : "no data is given")
                        + ": expected --data FOLDER with " + String.join(", ", set.files().keySet())
                        + ". They come from "
                        + set.origin()));
        Path to = out.orElseGet(() -> Path.of(example.name()));
        Folders.check("--out", to);
        Tables tables = example.tables(new RawFiles(set, folder));
        tables.write(to);
        Path runFile = to.resolve("run.yaml");
        if (Files.exists(runFile) && !Arrays.equals(Files.readAllBytes(runFile),
                example.runFile().getBytes(StandardCharsets.UTF_8))) {
            output.say(runFile
                    + " is there and is not the example's (any more), so it stays as it is; move it away to have"
                    + " the example's");
        } else {
            Files.writeString(runFile, example.runFile(), StandardCharsets.UTF_8);
        }
        tell(example, to, runFile, tables);
    }

    private void tell(Example example, Path to, Path runFile, Tables tables) {
        Path rows = Tables.rows(to);
        String command = output.program("simulate ") + Output.quoted(runFile) + " --data " + Output.quoted(rows)
                + tables.unseen()
                        .map(_ -> " --rows " + Output.quoted(Tables.UNSEEN + "=" + Tables.unseen(to))).orElse("");
        output.print(example.name() + ": " + example.title());
        output.print("  " + rows + ": " + tables.rows().rows().size() + " rows");
        tables.unseen().ifPresent(unseen -> output.print("  " + Tables.unseen(to) + ": " + unseen.rows().size()
                + " rows that no client has"));
        output.print("  " + runFile + ": read it, then type");
        output.print("");
        output.print(command);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("example", example.name());
        result.put("files",
                Stream.concat(Stream.of(runFile, rows), tables.unseen().map(_ -> Tables.unseen(to)).stream())
                        .map(file -> file.toAbsolutePath().toString()).toList());
        result.put("command", command);
        output.json(result);
    }
}
