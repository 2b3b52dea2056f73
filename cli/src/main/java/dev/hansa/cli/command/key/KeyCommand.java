package dev.hansa.cli.command.key;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hansa key}: keys by which authors stand for their files. */
@Command(name = "key",
        description = "Keys with which whoever writes run files signs them ('run --sign'), so that data owners know them.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} key create alice.key", "  ${ROOT-COMMAND-NAME} key show alice.key"},
        subcommands = {KeyCreate.class, KeyShow.class})
public final class KeyCommand implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Spec
    private CommandSpec spec;

    KeyCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        output.console().err().print(spec.commandLine().getUsageMessage());
        return ExitCode.USAGE.number();
    }
}
