package dev.hansa.cli.command.runs;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.OneRun;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.server.api.RunState;
import dev.hansa.server.api.RunView;
import dev.hansa.spec.RunFile;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansa runs stop}: ends one run. */
@Command(name = "stop",
        description = "Ends a run after the round at hand; the model of the last committed round stays.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = "  ${ROOT-COMMAND-NAME} runs stop ID")
final class RunsStop implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final OneRun run;

    RunsStop(Console console) {
        this.output = new Output(console);
        this.run = new OneRun(console);
    }

    @Override
    public Integer call() {
        try (Operator operator = run.connect()) {
            RunView stopped = operator.stop(run.id());
            output.print("the run " + run.id() + " " + fate(stopped, operator));
            output.json(Map.of("run", run.id(), "state", stopped.state(), "round", stopped.round()));
            return ExitCode.OK.number();
        }
    }

    private static String fate(RunView run, Operator operator) {
        if (run.state().over()) {
            return "is over" + (run.reason().isEmpty() ? "" : ": " + run.reason());
        }
        return run.state() == RunState.WAITING
                ? "was still waiting for " + (run.waitsFor() == null ? "nodes" : run.waitsFor()) + "; it ends now, "
                        + (run.round() == 0 ? "without a model" : "with the model of round " + run.round())
                : "ends after the round at hand, at the latest at "
                        + Times.of(latestEnd(RunFile.parse(operator.spec(run.id()), run.id()).spec()))
                        + (run.waitsFor() == null ? "" : "; it waits for " + run.waitsFor());
    }

    /** A round waits until the deadline for updates, and if it is evaluated once more for that. */
    private static Instant latestEnd(RunSpec spec) {
        return Instant.now().plus(spec.cohort().deadline().multipliedBy(spec.evaluation().every() > 0 ? 2 : 1));
    }
}
