package dev.hansa.cli.command.node;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hansa node}: what the owner of a node asks and decides, beside the node. */
@Command(name = "node",
        description = "What a data owner asks and decides, also while the node runs ('join' runs it).",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} node ledger", "  ${ROOT-COMMAND-NAME} node approve RUN",
                "  ${ROOT-COMMAND-NAME} node policy check policy.yaml"},
        subcommands = {NodeLedger.class, NodeApprove.class, NodePolicy.class})
public final class NodeCommand implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Spec
    private CommandSpec spec;

    NodeCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        output.console().err().print(spec.commandLine().getUsageMessage());
        return ExitCode.USAGE.number();
    }
}
