package dev.hansa.cli.command.bench;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.bench.Median;
import dev.hansa.cli.bench.SimulateBench;
import dev.hansa.cli.bench.SimulateBench.Pass;
import dev.hansa.cli.bench.SimulateWork;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.option.Converters;
import dev.hansa.core.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansa bench simulate}: how many clients a second are simulated. */
@Command(name = "simulate",
        description = {
                "Measures the simulation: clients with made-up pictures of 784 points in ten classes, or with "
                        + "made-up texts, train the model of a round, by the same loop as any simulation. "
                        + "docs/benchmarks.md defines the work, and has the figures of other systems.",
                "",
                "The first round of a run is not measured. All passes end in the same model; its norm and its loss on "
                        + "held-out rows are told, to be compared."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.INTERRUPTED},
        footer = {"  ${ROOT-COMMAND-NAME} bench simulate --work lr",
                "  ${ROOT-COMMAND-NAME} bench simulate --work cnn --threads 2 --json"})
final class BenchSimulate implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Option(names = "--work", required = true, paramLabel = "NAME", converter = BenchSimulate.WorkWord.class,
            description = "lr (softmax regression, 20 rows a client), 2nn (two hidden layers of 200, 600 rows), cnn "
                    + "(two convolutions of 5 x 5, 600 rows) or lstm (two layers of 256 over 80 characters, 100 rows).")
    private SimulateWork work;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1",
            description = "How many clients train at once. Default: 1.")
    private int threads;

    @Option(names = "--passes", paramLabel = "N",
            description = "How often the run is made; figures are medians of the second half, when the JVM has compiled "
                    + "what the run needs. Default: 200 of lr, 20 of 2nn, 4 of cnn and lstm.")
    private Optional<Integer> asked = Optional.empty();

    BenchSimulate(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() throws Exception {
        int passes = asked.orElse(work.passes());
        if (threads < 1 || passes < 1) {
            throw CommandException.usage("--threads is " + threads + " and --passes " + passes
                    + ", expected whole numbers from 1");
        }
        SimulateBench.Result result = new SimulateBench(work, threads, output::say).measure(passes);
        List<Pass> measured = result.passes().subList(passes / 2, passes);
        double cpu = Median.of(measured.stream().mapToDouble(Pass::perProcessorSecond));
        double wall = Median.of(measured.stream().mapToDouble(Pass::perSecond));
        output.print(
                String.format(Locale.ROOT, "%s: %.2f clients a processor second, %.2f a second, with %s", work, cpu,
                        wall, Kernels.best().name()));
        output.print(String.format(Locale.ROOT,
                "the model has the norm %.6f, the loss %.6f and the accuracy %.4f on held-out rows", result.norm(),
                result.loss(), result.accuracy()));
        output.json(object(result, cpu, wall));
        return ExitCode.OK.number();
    }

    private Map<String, Object> object(SimulateBench.Result result, double cpu, double wall) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("work", work.toString());
        object.put("system", "hansa");
        object.put("kernels", Kernels.best().name());
        object.put("threads", threads);
        object.put("cohort", work.cohort());
        object.put("updates_per_cpu_s", cpu);
        object.put("updates_per_s_wall", wall);
        object.put("best_updates_per_cpu_s", result.passes().stream().mapToDouble(Pass::perProcessorSecond).max()
                .orElseThrow());
        object.put("passes_updates_per_cpu_s", result.passes().stream().map(Pass::perProcessorSecond).toList());
        object.put("start_seconds", result.startSeconds());
        object.put("check", Map.of("norm", result.norm(), "loss", result.loss(), "accuracy", result.accuracy()));
        return object;
    }

    /** A work of the benchmark of simulations. */
    static final class WorkWord extends Converters.Word<SimulateWork> {
        WorkWord() {
            super(SimulateWork.class);
        }
    }
}
