package dev.hansa.cli.command.access;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.Converters;
import dev.hansa.cli.option.CoordinatorOption;
import dev.hansa.server.api.AccessRequest;
import dev.hansa.server.api.Role;
import dev.hansa.server.api.TokenView;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa access create}: gives somebody a token of their own. */
@Command(name = "create",
        description = {"Prints an access token, with which somebody else may use the coordinator as their role allows.",
                "",
                "It is a secret: give it to that person alone, and not by an open channel. It is not shown again. They name it "
                        + "by --coordinator, or by the variable HANSA_COORDINATOR."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = "  ${ROOT-COMMAND-NAME} access create carol --role scientist --valid 30d > carol.token")
final class AccessCreate implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final CoordinatorOption coordinator;

    @Parameters(paramLabel = "NAME",
            description = "Who it is, as the audit log will call them; nobody is called so a second time.")
    private String name;

    @Option(names = "--role", paramLabel = "ROLE", required = true, converter = RoleConverter.class,
            description = "viewer, scientist, operator or admin; '${ROOT-COMMAND-NAME} access --help' tells what each may.")
    private Role role;

    @Option(names = "--valid", paramLabel = "TIME", defaultValue = "30d", converter = Converters.Time.class,
            description = "For how long, such as 8h, 30d or 366d at most. Default: ${DEFAULT-VALUE}.")
    private Duration valid;

    AccessCreate(Console console) {
        this.output = new Output(console);
        this.coordinator = new CoordinatorOption(console);
    }

    /** The role's word. */
    static final class RoleConverter extends Converters.Word<Role> {
        RoleConverter() {
            super(Role.class);
        }
    }

    @Override
    public Integer call() {
        try (Operator operator = coordinator.connect()) {
            TokenView token = operator.giveAccess(new AccessRequest(name, role, Optional.of(valid.toSeconds())));
            output.say("Good for " + name + " until " + Times.of(token.expires()) + ". They run, for example:");
            output.say("  " + output.program("runs --coordinator TOKEN-FILE"));
            output.print(token.token());
            output.json(Map.of("token", token.token(), "expires", token.expires()));
            return ExitCode.OK.number();
        }
    }
}
