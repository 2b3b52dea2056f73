package dev.hansa.cli.command;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.InputFiles;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Working;
import dev.hansa.cli.promise.Promise;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.document.InvalidSpecException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hansa spec check}: reads a run file and names all its problems. */
@Command(name = "check",
        description = "Checks a run file without running anything, and names all its problems with line and column.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.USAGE}, footer = "  ${ROOT-COMMAND-NAME} spec check run.yaml")
final class SpecCheck implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Parameters(paramLabel = "RUN.YAML", description = "The run file.")
    private Path file;

    SpecCheck(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        try {
            RunFile run;
            Optional<Promise> promise;
            Optional<String> kept;
            try (Working _ = output.working("checking " + file)) {
                run = InputFiles.run(file);
                promise = Promise.of(run.spec());
                kept = promise.map(one -> one.inShort(one.plan().epsilon(one.plan().rounds())) + ", after "
                        + Format.count(one.plan().rounds(), "round"));
            }
            RunSpec spec = run.spec();
            InputFiles.warn(output, file, run, spec.cohort().nodes());
            output.print(
                    file + " is valid: " + spec.name() + ", up to " + Format.count(spec.lastRound(), "round") + " with "
                            + spec.cohort().nodes() + " nodes or more");
            kept.ifPresentOrElse(
                    words -> output.print("privacy: " + words + "; '"
                            + output.program("privacy plan ") + Output.quoted(file) + "' tells more"),
                    () -> output.printBad("privacy: none; what is learned may tell of single nodes and rows"));
            output.json(Map.of("valid", true, "problems", List.of(), "warnings",
                    run.warnings(file, spec.cohort().nodes()).stream().map(InputFiles::object).toList(), "private",
                    promise.isPresent()));
            return ExitCode.OK.number();
        } catch (InvalidSpecException e) {
            return InputFiles.tellInvalid(output, e, "warnings");
        }
    }
}
