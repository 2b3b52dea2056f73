package dev.hansa.cli.command;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.operator.Operator;
import dev.hansa.server.api.RunView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hansa runs stop}: ends one run. */
@Command(name = "stop",
        description = "Ends a run after the round at hand; the model of the last committed round stays.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = "  hansa runs stop ID")
final class RunsStop implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final CoordinatorOption coordinator;

    @Parameters(paramLabel = "ID", converter = Converters.RunId.class,
            description = "The run; 'hansa runs' lists them.")
    private String id;

    RunsStop(Console console) {
        this.output = new Output(console);
        this.coordinator = new CoordinatorOption(console);
    }

    @Override
    public Integer call() {
        try (Operator operator = coordinator.connect()) {
            RunView run = operator.stop(id);
            output.print(run.state().over()
                    ? "the run " + id + " is over: " + run.reason()
                    : "the run " + id + " ends after the round at hand");
            output.json(Map.of("run", id, "state", run.state(), "round", run.round()));
            return ExitCode.OK.number();
        }
    }
}
