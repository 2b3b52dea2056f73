package dev.hansa.cli.command.privacy;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hansa privacy}: questions about differential privacy. */
@Command(name = "privacy",
        description = "Tells what a run file promises of the data, and answers questions about differential privacy; docs/privacy.md "
                + "explains the words.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} privacy plan run.yaml",
                "  ${ROOT-COMMAND-NAME} privacy epsilon --sampling poisson --q 0.01 --noise 1.1 --rounds 1000 "
                        + "--delta 1e-5",
                "  ${ROOT-COMMAND-NAME} privacy noise --epsilon 2 --sampling none --rounds 100 --delta 1e-5"},
        subcommands = {PrivacyPlanCommand.class, PrivacyEpsilon.class, PrivacyNoise.class, PrivacyAudit.class})
public final class PrivacyCommand implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Spec
    private CommandSpec spec;

    PrivacyCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        output.console().err().print(spec.commandLine().getUsageMessage());
        return ExitCode.USAGE.number();
    }
}
