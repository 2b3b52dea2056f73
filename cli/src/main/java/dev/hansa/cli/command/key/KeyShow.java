package dev.hansa.cli.command.key;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.option.KeyFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansa key show}. */
@Command(name = "show",
        description = "Prints the public key of a file that 'key create' made.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = "  ${ROOT-COMMAND-NAME} key show alice.key")
final class KeyShow implements Callable<Integer> {
    @Mixin
    private final KeyArgument key;

    KeyShow(Console console) {
        this.key = new KeyArgument(console);
    }

    @Override
    public Integer call() {
        return key.tell(KeyFile.read(key.file(), key.output()::say));
    }
}
