package dev.hansa.cli.command.auditlog;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.TextTable;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.CoordinatorOption;
import dev.hansa.server.api.AuditEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansa audit-log}: who did what at a coordinator. */
@Command(name = "audit-log",
        description = {"Shows who did what at the coordinator: each act of a person and of a node.", "",
                "Each entry has a hash that covers all before it, so that nobody changes the log unseen who does not make "
                        + "it anew: keep the hash of its end somewhere else now and then ('verify' prints it)."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = {"  ${ROOT-COMMAND-NAME} audit-log --last 100", "  ${ROOT-COMMAND-NAME} audit-log export audit.jsonl",
                "  ${ROOT-COMMAND-NAME} audit-log verify"},
        subcommands = {AuditLogExport.class, AuditLogVerify.class})
public final class AuditLogCommand implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final CoordinatorOption coordinator;

    @Option(names = "--last", paramLabel = "N", defaultValue = "20",
            description = "How many entries are shown. Default: ${DEFAULT-VALUE}.")
    private int last;

    public AuditLogCommand(Console console) {
        this.output = new Output(console);
        this.coordinator = new CoordinatorOption(console);
    }

    @Override
    public Integer call() {
        Deque<AuditEntry> shown = new ArrayDeque<>();
        try (Operator operator = coordinator.connect()) {
            AuditPages.each(operator, entry -> {
                shown.addLast(entry);
                if (shown.size() > Math.max(1, last)) {
                    shown.removeFirst();
                }
            });
        }
        TextTable table = new TextTable("ENTRY", "TIME", "WHO", "ACT", "WHAT", "DETAIL");
        shown.forEach(entry -> table.row(String.valueOf(entry.number()), Times.of(entry.time()), entry.actor(),
                entry.act(), entry.subject(), entry.detail()));
        table.lines().forEach(output::print);
        output.json(Map.of("entries", shown));
        return ExitCode.OK.number();
    }
}
