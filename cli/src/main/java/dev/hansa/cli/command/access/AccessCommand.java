package dev.hansa.cli.command.access;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.TextTable;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.CoordinatorOption;
import dev.hansa.server.api.AccessView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansa access}: who may do what at a coordinator. */
@Command(name = "access",
        description = {"Lists who was given access to the coordinator, as what, and until when.", "",
                "The operator token of the coordinator's data directory may do everything. Others get a token of their own "
                        + "('create'), which the audit log calls by its name, and which expires or is revoked:",
                "  viewer     sees runs, nodes and surveys",
                "  scientist  starts and stops runs and surveys besides, and takes models away",
                "  operator   lets nodes in and sends them away besides, and reads the audit log",
                "  admin      gives and revokes access besides"},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = {"  ${ROOT-COMMAND-NAME} access",
                "  ${ROOT-COMMAND-NAME} access create carol --role scientist --valid 30d",
                "  ${ROOT-COMMAND-NAME} access revoke carol"},
        subcommands = {AccessCreate.class, AccessRevoke.class})
public final class AccessCommand implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final CoordinatorOption coordinator;

    public AccessCommand(Console console) {
        this.output = new Output(console);
        this.coordinator = new CoordinatorOption(console);
    }

    @Override
    public Integer call() {
        try (Operator operator = coordinator.connect()) {
            List<AccessView> all = operator.access();
            if (all.isEmpty()) {
                output.say(
                        "nobody was given access yet; '" + output.program("access create NAME --role ROLE") + "' does");
            } else {
                TextTable table = new TextTable("NAME", "ROLE", "GIVEN", "UNTIL", "REVOKED");
                all.forEach(access -> table.row(access.name(), access.role().toString(),
                        Times.of(access.created()), Times.of(access.expires()),
                        access.revoked().map(Times::of).orElse("–")));
                table.lines().forEach(output::print);
            }
            output.json(Map.of("access", all));
            return ExitCode.OK.number();
        }
    }
}
