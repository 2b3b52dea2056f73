package dev.hansa.cli.command;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.Version;
import dev.hansa.cli.command.access.AccessCommand;
import dev.hansa.cli.command.auditlog.AuditLogCommand;
import dev.hansa.cli.command.bench.BenchCommand;
import dev.hansa.cli.command.key.KeyCommand;
import dev.hansa.cli.command.node.NodeCommand;
import dev.hansa.cli.command.privacy.PrivacyCommand;
import dev.hansa.cli.command.runs.Runs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hansa} without a command: shows what there is. */
@Command(name = "hansa", versionProvider = Version.class,
        description = {"Trains one model on data that cannot be merged: rows stay where they are, updates travel.",
                "",
                "A data scientist writes a run.yaml ('spec' explains it), tries it with 'simulate' and starts it with "
                        + "'run'. An operator keeps a coordinator running with 'serve' and hands out join tokens with "
                        + "'token'. A data owner takes part with 'join'."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE,
                ExitCode.Help.INTERRUPTED},
        footer = "  ${ROOT-COMMAND-NAME} simulate run.yaml --data alice=alice.csv --data bob=bob.csv",
        subcommands = {Demo.class, ExampleCommand.class, Simulate.class, Compare.class, Audit.class, Run.class,
                Runs.class, Statistics.class, KeyCommand.class,
                ModelCommand.class,
                Predict.class,
                SpecCommand.class, PrivacyCommand.class,
                Serve.class, TokenCommand.class, NodesCommand.class, AccessCommand.class, AuditLogCommand.class,
                Join.class,
                NodeCommand.class, BenchCommand.class})
public final class Hansa implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    public Hansa(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.err().print(spec.commandLine().getUsageMessage());
        return ExitCode.USAGE.number();
    }
}
