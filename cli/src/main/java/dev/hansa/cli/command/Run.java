package dev.hansa.cli.command;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.Ending;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.Version;
import dev.hansa.cli.io.InputFiles;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.RunView;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.operator.RunFollower;
import dev.hansa.cli.operator.Submission;
import dev.hansa.cli.option.Converters;
import dev.hansa.cli.option.CoordinatorOption;
import dev.hansa.cli.option.SignOption;
import dev.hansa.cli.report.RunResult;
import dev.hansa.cli.results.RunEnding;
import dev.hansa.cli.results.RunOutputs;
import dev.hansa.cli.results.RunRecorder;
import dev.hansa.spec.RunFile;
import dev.hansa.wire.trust.FileSignature;
import dev.hansa.wire.trust.FileSignature.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa run}: starts a run at a coordinator and follows it. */
@Command(name = "run",
        description = {"Starts a run at the coordinator and follows it to its end.", "",
                "At the end it writes model.safetensors of the last round, best.safetensors of the best, metrics.csv "
                        + "and report.html.",
                "",
                "Ctrl-C only stops following: the run goes on, and '${ROOT-COMMAND-NAME} runs show ID' tells where it stands."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE,
                ExitCode.Help.INTERRUPTED},
        footer = {"  ${ROOT-COMMAND-NAME} run run.yaml --out results", "  ${ROOT-COMMAND-NAME} run run.yaml --detach"})
final class Run implements Callable<Integer> {
    private static final String NODES = "cohort.nodes";

    @Mixin
    private final Output output;

    @Mixin
    private final CoordinatorOption coordinator;

    @Parameters(paramLabel = "RUN.YAML", description = "The run file; '${ROOT-COMMAND-NAME} spec' explains it.")
    private Path runFile;

    @Mixin
    private final SignOption sign = new SignOption();

    @Option(names = "--detach", description = "Do not follow the run: print its id and end.")
    private boolean detach;

    @Option(names = "--wait", paramLabel = "TIME", defaultValue = "60s", converter = Converters.Time.class,
            description = "How long to try again if the coordinator does not answer, before the run is started; once "
                    + "it is, as long as it takes. Default: ${DEFAULT-VALUE}.")
    private Duration patience;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go. Default: hansa-out/ID OF THE RUN.")
    private Optional<Path> out;

    Run(Console console) {
        this.output = new Output(console);
        this.coordinator = new CoordinatorOption(console);
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        RunFile file = InputFiles.run(runFile);
        InputFiles.warn(output, runFile, file, file.spec().cohort().nodes());
        Optional<FileSignature> signature = sign.of(Kind.RUN, file.text(), output);
        RunFate fate = new RunFate(output);
        try (Operator operator = coordinator.connect();
                Ending.Duty _ = output.console().ending().lastWords(fate::tell)) {
            fate.sending();
            dev.hansa.server.api.RunView submitted =
                    new Submission(operator, output::say, patience).send(file.text(), signature);
            String id = submitted.id();
            fate.started(id);
            if (!file.says(NODES)) {
                output.say("the run starts as soon as " + Format.count(file.spec().cohort().nodes(), "node")
                        + " with its data set " + (file.spec().cohort().nodes() == 1 ? "is" : "are")
                        + " there; the run file may want more (" + NODES + ")");
            }
            sign.check(output, submitted.signer());
            if (detach) {
                output.say("the run is on its way; '" + output.program("runs show ") + id + "' tells where it stands");
                output.print(id);
                output.json(Map.of("run", id));
                return ExitCode.OK.number();
            }
            RunOutputs outputs = out.map(RunOutputs::new).orElseGet(() -> RunOutputs.named(id));
            outputs.prepare();
            RunResult result = follow(operator, file, id, submitted.submitted(), fate);
            fate.ended();
            write(outputs, result, operator, id);
            return RunEnding.tell(output, id, result, outputs.files(result));
        }
    }

    private void write(RunOutputs outputs, RunResult result, Operator operator, String id) {
        try {
            outputs.write(result, model -> operator.model(id, model),
                    best -> operator.bestModel(id, best));
        } catch (IOException e) {
            String model = result.rounds().isEmpty() ? "" : "; the coordinator keeps the model: '"
                    + output.program("model export ") + id + " --out FILE' writes it where there is room";
            throw new CommandException(ExitCode.FAILED, "the run " + result.ending() + ", and not all of its results "
                    + "could be written to " + outputs.directory() + ": " + e.getMessage() + model, e);
        }
    }

    private RunResult follow(Operator operator, RunFile file, String id, Instant started, RunFate fate)
            throws InterruptedException {
        RunRecorder recorder = new RunRecorder();
        Instant ended;
        try (RunView view = RunView.on(output.console().terminal(), file.spec(), Clock.systemUTC())) {
            fate.watched(view);
            view.say("run " + id + " at " + operator.address());
            ended = new RunFollower(operator, id, view::say).follow(recorder.andThen(view));
        }
        return recorder.result(file, started, Duration.between(started, ended), new RunResult.Setting(false,
                "run " + id + " at " + operator.address(), output.program("run ") + Output.quoted(runFile),
                Version.number()));
    }
}
