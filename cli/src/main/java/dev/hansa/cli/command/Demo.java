package dev.hansa.cli.command;

import dev.hansa.cli.Console;
import dev.hansa.cli.Ending;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.Version;
import dev.hansa.cli.demo.DemoFederation;
import dev.hansa.cli.demo.Towns;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.RunView;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.operator.RunFollower;
import dev.hansa.cli.operator.UnreachableException;
import dev.hansa.cli.option.Converters;
import dev.hansa.cli.report.Comparison;
import dev.hansa.cli.report.RunResult;
import dev.hansa.cli.results.RunEnding;
import dev.hansa.cli.results.RunOutputs;
import dev.hansa.cli.results.RunRecorder;
import dev.hansa.core.FederationException;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansa demo}: a whole federation on this machine, over the real network stack. */
@Command(name = "demo",
        description = {
                "Trains one model for two towns that keep their rows: Alice holds the suburbs of Boston housing, "
                        + "Bob the city.",
                "",
                "Starts a coordinator and two nodes as processes of this machine, joins them over TLS, runs the "
                        + "housing example, and shows what training together was worth. Stops all it started."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.INTERRUPTED},
        footer = {"  ${ROOT-COMMAND-NAME} demo", "  ${ROOT-COMMAND-NAME} demo --model mlp --keep"})
final class Demo implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Option(names = "--model", paramLabel = "KIND", defaultValue = "linear", converter = Demo.ModelWord.class,
            description = "What to train: linear (a linear regression) or mlp (a small neural network). "
                    + "Default: ${DEFAULT-VALUE}.")
    private Towns.Model model;

    @Option(names = "--keep", description = "Leave coordinator and nodes running until Ctrl-C, to play with.")
    private boolean keep;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "hansa-demo",
            description = "Where rows, logs and results go. Default: ${DEFAULT-VALUE}.")
    private Path out;

    Demo(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() throws Exception {
        Instant started = Instant.now();
        RunFile file = model.runFile();
        RunOutputs outputs = new RunOutputs(out);
        outputs.prepare();
        Towns towns = Towns.unpack(file, out.resolve("rows"));
        DemoFederation federation = new DemoFederation(Files.createTempDirectory(out, "processes-"));
        try (federation; Ending.Duty _ = output.console().ending().duty(federation::stop)) {
            output.say("starting a coordinator and two nodes, Alice and Bob; they log to " + federation.folder());
            federation.start(file.spec().data().set(), towns.rows());
            RunResult result = run(file, federation, outputs);
            if (result.finished()) {
                Comparison comparison = towns.compare(ModelFile.read(outputs.model()));
                outputs.report(result.with(comparison));
                tell(result, comparison, Duration.between(started, Instant.now()), outputs);
            }
            if (keep) {
                play(file, federation);
            }
            return (result.finished() ? ExitCode.OK : ExitCode.FAILED).number();
        } catch (InterruptedException e) {
            throw federation.failure().<Exception>map(failure -> failure).orElse(e);
        } catch (FederationException e) {
            if (federation.stopped()) {
                throw new InterruptedException("the demo was stopped");
            }
            throw federation.failure().orElseGet(() -> e instanceof UnreachableException
                    ? new FederationException("the coordinator of the demo has ended: " + e.getMessage(), true, e)
                    : e);
        }
    }

    /** Runs the file to its end, in view, and writes what it leaves. */
    private RunResult run(RunFile file, DemoFederation federation, RunOutputs outputs)
            throws IOException, InterruptedException {
        Instant started = Instant.now();
        RunRecorder recorder = new RunRecorder();
        try (Operator operator = federation.operator();
                RunView view = RunView.on(output.console().terminal(), file.spec(), Clock.systemUTC())) {
            String id = operator.submit(file.text()).id();
            new RunFollower(operator, id, view::say).follow(recorder.andThen(view));
            RunResult result = recorder.result(file, started, Duration.between(started, Instant.now()),
                    new RunResult.Setting(false, "a coordinator at " + operator.address() + " and two nodes, Alice and "
                            + "Bob, each a process of one machine", repeat(), Version.number()));
            outputs.write(result, model -> operator.model(id, model), best -> operator.bestModel(id, best));
            return result;
        }
    }

    private String repeat() {
        return output.program("demo") + (model == Towns.Model.LINEAR ? "" : " --model " + model);
    }

    private void tell(RunResult result, Comparison comparison, Duration whole, RunOutputs outputs) {
        output.print("");
        output.print(comparison.caption() + ", " + comparison.unit() + ":");
        output.print("");
        output.print(String.format("  %-34s %10s %12s %10s %6s", "model trained by", comparison.measures().toArray()[0],
                comparison.measures().get(1), comparison.measures().get(2), "R²"));
        for (Comparison.Row row : comparison.rows()) {
            output.print(String.format(Locale.ROOT, "%s %-34s %10.2f %12.2f %10.2f %6.2f", row.ofThisRun() ? ">" : " ",
                    row.model(), row.values().get(0), row.values().get(1), row.values().get(2), row.r2()));
        }
        output.print("");
        Map<String, Object> object = new LinkedHashMap<>();
        RunEnding.privacy(output, result, object);
        output.print("");
        Map<String, Path> files = outputs.files(result);
        files.forEach((what, file) -> output.print(String.format("  %-8s %s", what, file)));
        output.print("");
        output.print(Format.count(result.rounds().size(), "round") + " in " + Format.seconds(result.duration())
                + ", everything in " + Format.seconds(whole));

        Map<String, Double> rmse = new LinkedHashMap<>();
        Iterator<Comparison.Row> rows = comparison.rows().iterator();
        for (Towns.By by : Towns.By.values()) {
            rmse.put(by.key(), rows.next().values().getFirst());
        }
        object.put("rmse", rmse);
        object.put("rounds", result.rounds().size());
        object.put("seconds", whole.toMillis() / 1000.0);
        files.forEach((what, file) -> object.put(what, file.toAbsolutePath().toString()));
        output.json(object);
    }

    private void play(RunFile file, DemoFederation federation) throws IOException, InterruptedException {
        Path runFile = Files.writeString(out.resolve("run.yaml"), file.text());
        output.say("");
        output.say("Coordinator and nodes are running; Ctrl-C stops them. In another terminal, for example:");
        output.say("  export HANSA_COORDINATOR=" + federation.operatorToken().toAbsolutePath());
        output.say("  " + output.program("nodes"));
        output.say("  " + output.program("runs"));
        output.say("  " + output.program("run ") + runFile);
        federation.tellEnds(output::say);
        new CountDownLatch(1).await();
    }

    /** What the demo trains. */
    static final class ModelWord extends Converters.Word<Towns.Model> {
        ModelWord() {
            super(Towns.Model.class);
        }
    }
}
