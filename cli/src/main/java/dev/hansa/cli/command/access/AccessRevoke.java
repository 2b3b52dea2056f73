package dev.hansa.cli.command.access;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.CoordinatorOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hansa access revoke}: ends what somebody may. */
@Command(name = "revoke",
        description = "Ends what somebody was given, at once and for good; to come back they need a token of another name.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = "  ${ROOT-COMMAND-NAME} access revoke carol")
final class AccessRevoke implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final CoordinatorOption coordinator;

    @Parameters(paramLabel = "NAME", description = "Who; '${ROOT-COMMAND-NAME} access' lists them.")
    private String name;

    AccessRevoke(Console console) {
        this.output = new Output(console);
        this.coordinator = new CoordinatorOption(console);
    }

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw CommandException.usage("\"" + name + "\" is nobody's name; '" + output.program("access")
                    + "' lists who was given access");
        }
        try (Operator operator = coordinator.connect()) {
            operator.revokeAccess(name);
            output.print("the access of " + name + " is revoked");
            output.json(Map.of("revoked", name));
            return ExitCode.OK.number();
        }
    }
}
