package dev.hansa.cli.command.runs;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.OneRun;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.server.api.EventView;
import dev.hansa.server.api.RunState;
import dev.hansa.server.api.RunView;
import dev.hansa.spec.RunFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        if (run.round() == 0 && !begun(run.id(), operator)) {
            return "has not begun its first round"
                    + (run.waitsFor() == null ? "" : " (it waits for " + run.waitsFor() + ")")
                    + "; it ends now, without a model"
                    + (run.state() == RunState.WAITING ? ""
                            : ", or when the nodes that are being asked have answered, at the latest at "
                                    + Times.of(Instant.now().plus(spec(run, operator).cohort().deadline())));
        }
        return run.state() == RunState.WAITING
                ? "was waiting for " + (run.waitsFor() == null ? "nodes" : run.waitsFor()) + "; it ends now, "
                        + (run.round() == 0 ? "without a model" : "with the model of round " + run.round())
                : "ends after the round at hand, at the latest at "
                        + Times.of(latestEnd(spec(run, operator)))
                        + (run.waitsFor() == null ? "" : "; it waits for " + run.waitsFor());
    }

    private static RunSpec spec(RunView run, Operator operator) {
        return RunFile.parse(operator.spec(run.id()), run.id()).spec();
    }

    /** Whether nodes were asked to train. */
    private static boolean begun(String id, Operator operator) {
        List<EventView> page = operator.events(id, 0, Duration.ZERO);
        while (!page.isEmpty()) {
            if (page.stream().anyMatch(one -> one.event() instanceof RunEvent.RoundStarted
                    || one.event() instanceof RunEvent.ClientAsked)) {
                return true;
            }
            page = operator.events(id, page.getLast().number(), Duration.ZERO);
        }
        return false;
    }

    /** A round waits until the deadline for updates, and if it is evaluated once more for that. */
    private static Instant latestEnd(RunSpec spec) {
        return Instant.now().plus(spec.cohort().deadline().multipliedBy(spec.evaluation().every() > 0 ? 2 : 1));
    }
}
