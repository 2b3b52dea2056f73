package dev.hansa.cli.command;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.InputFiles;
import dev.hansa.cli.io.Output;
import dev.hansa.spec.PrivacyText;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.StrategyText;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hansa spec expand}: what the name of a strategy stands for. */
@Command(name = "expand",
        description = {
                "Prints a run file's training, strategy and privacy in full: each axis of what a name like fedadam stands "
                        + "for, and the noise that follows from a budget.",
                "", "The text can take the place of these sections of the file, and the run is the same."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.USAGE}, footer = "  ${ROOT-COMMAND-NAME} spec expand run.yaml")
final class SpecExpand implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Parameters(paramLabel = "RUN.YAML", description = "The run file.")
    private Path file;

    SpecExpand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        RunFile run = InputFiles.run(file);
        String text = StrategyText.of(run.spec()) + PrivacyText.of(run);
        output.print(text.stripTrailing());
        output.json(Map.of("spec", text));
        return ExitCode.OK.number();
    }
}
