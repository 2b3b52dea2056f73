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

/** {@code hansa key create}. */
@Command(name = "create",
        description = {
                "Makes a key pair: writes the private key to a new file that only you may read, and prints the public key.",
                "",
                "Data owners put the public key into their policies (runs: {signers: [...]}). Keep the file: without it "
                        + "you cannot sign any more; whoever has it can sign as you."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = "  ${ROOT-COMMAND-NAME} key create alice.key")
final class KeyCreate implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Parameters(paramLabel = "KEY", description = "The file; it must not exist.")
    private Path file;

    KeyCreate(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        String author = new Author(KeyFile.create(file).publicKey()).text();
        output.print(author);
        output.json(Map.of("publicKey", author));
        return ExitCode.OK.number();
    }
}
