package dev.hansa.cli.command.bench;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hansa bench}: the group of benchmarks. */
@Command(name = "bench", description = "Measures Hansa on this machine; docs/benchmarks.md has figures.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} bench coordinator --scenario latency",
                "  ${ROOT-COMMAND-NAME} bench aggregate --rule mean",
                "  ${ROOT-COMMAND-NAME} bench simulate --work lr",
                "  ${ROOT-COMMAND-NAME} bench population",
                "  ${ROOT-COMMAND-NAME} bench accounting",
                "  ${ROOT-COMMAND-NAME} bench noise",
                "  ${ROOT-COMMAND-NAME} bench utility"},
        subcommands = {BenchCoordinator.class, BenchAggregate.class, BenchSimulate.class,
                BenchPopulation.class, BenchAccounting.class, BenchNoise.class, BenchUtility.class})
public final class BenchCommand implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Spec
    private CommandSpec spec;

    BenchCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        output.console().err().print(spec.commandLine().getUsageMessage());
        return ExitCode.USAGE.number();
    }
}
