package dev.hansa.cli.command.key;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.wire.trust.Author;
import dev.hansa.wire.trust.NodeKey;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The file that a command about one key is given, and what such a command answers. */
final class KeyArgument {
    @Mixin
    private final Output output;

    @Parameters(paramLabel = "KEY", description = "The file of the private key.")
    private Path file;

    KeyArgument(Console console) {
        this.output = new Output(console);
    }

    Path file() {
        return file;
    }

    Output output() {
        return output;
    }

    /** Tells the public half. */
    Integer tell(NodeKey pair) {
        String author = new Author(pair.publicKey()).text();
        output.print(author);
        output.json(Map.of("publicKey", author));
        return ExitCode.OK.number();
    }
}
