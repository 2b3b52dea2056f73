package dev.hansa.cli.command.key;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.option.KeyFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansa key create}. */
@Command(name = "create",
        description = {
                "Makes a key pair: writes the private key to a new file that only you may read (it must not exist), and prints "
                        + "the public key.",
                "",
                "Data owners put the public key into their policies (runs: {signers: [...]}). Keep the file: without it "
                        + "you cannot sign any more; whoever has it can sign as you."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = "  ${ROOT-COMMAND-NAME} key create alice.key")
final class KeyCreate implements Callable<Integer> {
    @Mixin
    private final KeyArgument key;

    KeyCreate(Console console) {
        this.key = new KeyArgument(console);
    }

    @Override
    public Integer call() {
        return key.tell(KeyFile.create(key.file()));
    }
}
