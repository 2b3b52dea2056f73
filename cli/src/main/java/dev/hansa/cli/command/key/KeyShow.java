package dev.hansa.cli.command.key;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.option.KeyFile;
import dev.hansa.wire.trust.Author;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hansa key show}. */
@Command(name = "show",
        description = "Prints the public key of a file that 'key create' made.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = "  ${ROOT-COMMAND-NAME} key show alice.key")
final class KeyShow implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Parameters(paramLabel = "KEY", description = "The file.")
    private Path file;

    KeyShow(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        String author = new Author(KeyFile.read(file).publicKey()).text();
        output.print(author);
        output.json(Map.of("publicKey", author));
        return ExitCode.OK.number();
    }
}
