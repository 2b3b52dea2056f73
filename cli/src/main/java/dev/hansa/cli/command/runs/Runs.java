package dev.hansa.cli.command.runs;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.TextTable;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.CoordinatorOption;
import dev.hansa.server.api.RunSummary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansa runs}: all runs of a coordinator. */
@Command(name = "runs",
        description = "Lists the runs of the coordinator; shows one, tells all that happened in it, or stops it.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = {"  ${ROOT-COMMAND-NAME} runs", "  ${ROOT-COMMAND-NAME} runs show ID"},
        subcommands = {RunsShow.class, RunsEvents.class, RunsStop.class})
public final class Runs implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final CoordinatorOption coordinator;

    Runs(Console console) {
        this.output = new Output(console);
        this.coordinator = new CoordinatorOption(console);
    }

    @Override
    public Integer call() {
        try (Operator operator = coordinator.connect()) {
            List<RunSummary> runs = operator.runs();
            TextTable table = new TextTable("ID", "NAME", "STATE", "ROUND", "SUBMITTED", "");
            runs.forEach(run -> table.row(run.id(), run.name(), run.state().name().toLowerCase(Locale.ROOT),
                    run.round() + "/" + run.rounds(), Times.of(run.submitted()),
                    run.waitsFor() == null ? run.reason() : "waits for " + run.waitsFor()));
            if (runs.isEmpty()) {
                output.say("no run yet; '" + output.program("run run.yaml") + "' starts one");
            } else {
                output.print(table);
            }
            output.json(Map.of("runs", runs));
            return ExitCode.OK.number();
        }
    }
}
