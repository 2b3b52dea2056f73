package dev.hansa.cli.command.node;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.policy.PolicyFile;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansa node policy}: explains the policy file. */
@Command(name = "policy",
        description = {"Explains policy.yaml: prints a policy with every key, what it means and its default.", "",
                "The text is itself a valid policy."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} node policy > policy.yaml",
                "  ${ROOT-COMMAND-NAME} node policy check policy.yaml"},
        subcommands = NodePolicyCheck.class)
final class NodePolicy implements Callable<Integer> {
    @Mixin
    private final Output output;

    NodePolicy(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        output.print(PolicyFile.reference().stripTrailing());
        output.json(Map.of("policy", PolicyFile.reference()));
        return ExitCode.OK.number();
    }
}
