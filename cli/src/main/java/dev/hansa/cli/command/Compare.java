package dev.hansa.cli.command;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.sweep.SideBySide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa compare}: finished simulations side by side. */
@Command(name = "compare",
        description = {"Shows results of simulations side by side.", "",
                "Each folder is one that 'simulate --out' has written: of a run, of several seeds, or of a grid. The report "
                        + "has the curves of all in one picture, the last values from the best to the worst, and key by "
                        + "key what their run files say otherwise."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.INTERRUPTED},
        footer = "  ${ROOT-COMMAND-NAME} compare hansa-out/first hansa-out/second --out compare.html")
final class Compare implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of results.")
    private List<Path> folders;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "hansa-out/compare.html",
            description = "Where the report goes; one that is there is replaced. Default: ${DEFAULT-VALUE}.")
    private Path out;

    Compare(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() throws IOException {
        SideBySide results = new SideBySide(folders, out);
        results.checkReport();
        results.tell(output).end(output);
        return ExitCode.OK.number(); // also of runs that did not finish: they are shown
    }
}
