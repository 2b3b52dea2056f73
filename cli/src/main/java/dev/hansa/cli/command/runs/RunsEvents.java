package dev.hansa.cli.command.runs;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.live.EventText;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.OneRun;
import dev.hansa.server.api.EventView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansa runs events}: all that has happened in a run. */
@Command(name = "events",
        description = {
                "Shows all that has happened in a run so far, a line each: who was asked, answered, failed and why.",
                "", "With --json each event has its type, and the parts that docs/protocol.md tells of."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = "  ${ROOT-COMMAND-NAME} runs events ID")
final class RunsEvents implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final OneRun run;

    RunsEvents(Console console) {
        this.output = new Output(console);
        this.run = new OneRun(console);
    }

    @Override
    public Integer call() {
        try (Operator operator = run.connect()) {
            List<EventView> kept = new ArrayList<>();
            List<EventView> page = operator.events(run.id(), 0, Duration.ZERO);
            while (!page.isEmpty()) {
                page.forEach(event -> output.print(Times.of(event.time()) + "  " + EventText.of(event.event())));
                if (output.forMachines()) {
                    kept.addAll(page);
                }
                page = operator.events(run.id(), page.getLast().number(), Duration.ZERO);
            }
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("run", run.id());
            object.put("events", kept);
            output.json(object);
            return ExitCode.OK.number();
        }
    }
}
