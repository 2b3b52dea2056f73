package dev.hansa.cli.command;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.Version;
import dev.hansa.cli.command.runs.SurveyTables;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.WholeFile;
import dev.hansa.cli.operator.Inquiry;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.option.Converters;
import dev.hansa.cli.option.CoordinatorOption;
import dev.hansa.cli.option.NamedFile;
import dev.hansa.cli.option.PartitionOption;
import dev.hansa.cli.option.SignOption;
import dev.hansa.cli.report.MostlyNoise;
import dev.hansa.cli.report.SurveyReport;
import dev.hansa.cli.report.SurveyText;
import dev.hansa.cli.results.RunOutputs;
import dev.hansa.cli.simulate.SimulatedSurvey;
import dev.hansa.core.FederationException;
import dev.hansa.core.coordinator.SurveyLoop.Outcome;
import dev.hansa.server.api.SurveyView;
import dev.hansa.spec.SurveyFile;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.wire.trust.FileSignature;
import dev.hansa.wire.trust.FileSignature.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa statistics}: counts, means, histograms and quantiles over the rows of all nodes. */
@Command(name = "statistics",
        description = {
                "Asks all nodes for statistics of their rows together: counts, sums, means, variances, histograms, "
                        + "quantiles; with noise if the file asks for it. Without a file it prints one with every key.",
                "",
                "With --data it simulates, in this process: without noise the answer is the one that nodes with these "
                        + "rows give. Each answer costs the nodes some of their privacy; try the file on rows of your own "
                        + "first.",
                "",
                "Writes statistics.html beside what it prints."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE,
                ExitCode.Help.INTERRUPTED},
        footer = {"  ${ROOT-COMMAND-NAME} statistics > ages.yaml", "  ${ROOT-COMMAND-NAME} statistics ages.yaml",
                "  ${ROOT-COMMAND-NAME} statistics ages.yaml --data all.csv --partition iid:10"})
final class Statistics implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final CoordinatorOption coordinator;

    @Mixin
    private final SignOption sign = new SignOption();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "What is asked, in YAML.")
    private Optional<Path> path;

    @Option(names = "--data", paramLabel = "[NAME=]CSV", converter = NamedFile.Converter.class,
            description = "A simulated client's name and its rows; once for each client. Or one file without a name, to "
                    + "be divided by --partition.")
    private List<NamedFile> data = List.of();

    @Option(names = "--partition", paramLabel = "HOW", converter = PartitionOption.Converter.class,
            description = "How to divide one file into simulated clients, as for simulate: iid:N for N clients with "
                    + "random rows, column:NAME for one for each value of a column.")
    private Optional<PartitionOption> partition;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42",
            description = "Of the noise and the partition of a simulation. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--wait", paramLabel = "TIME", defaultValue = "60s", converter = Converters.Time.class,
            description = "How long to try again if the coordinator does not answer, before it has the file. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Duration patience;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Where statistics.html goes. Default: hansa-out/NAME OF THE SURVEY.")
    private Optional<Path> out;

    Statistics(Console console) {
        this.output = new Output(console);
        this.coordinator = new CoordinatorOption(console);
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (path.isEmpty()) {
            output.print(SurveyFile.reference().stripTrailing());
            output.json(Map.of("statistics", SurveyFile.reference()));
            return ExitCode.OK.number();
        }
        SurveyFile file = read(path.get());
        file.warnings().forEach(warning -> output.say("hansa: warning: " + warning));
        if (data.isEmpty() && partition.isPresent()) {
            throw CommandException.usage("--partition divides rows of --data, and there are none");
        }
        if (!data.isEmpty()) {
            sign.refuse("a simulation asks nobody; without --data it goes to a coordinator");
        }
        RunOutputs folder = out.map(RunOutputs::new).orElseGet(() -> RunOutputs.named(file.survey().name()));
        folder.prepare();
        Optional<String> id = Optional.empty();
        Outcome outcome;
        if (data.isEmpty()) {
            SurveyView view = ask(file);
            id = Optional.of(view.id());
            outcome = view.outcome()
                    .orElseThrow(() -> new CommandException(ExitCode.FAILED, view.id() + ": " + view.reason()));
        } else {
            outcome = new SimulatedSurvey(data, partition, seed).ask(file.survey());
        }
        tell(file, outcome, id, folder.directory().resolve("statistics.html"));
        return (outcome.answer().isPresent() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static SurveyFile read(Path file) {
        try {
            return SurveyFile.read(file);
        } catch (InvalidSpecException e) {
            throw new CommandException(ExitCode.USAGE, "the statistics file has "
                    + (e.problems().size() == 1 ? "a problem" : e.problems().size() + " problems") + ":\n"
                    + e.getMessage(), e);
        } catch (FederationException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private SurveyView ask(SurveyFile file) throws InterruptedException {
        Optional<FileSignature> signature = sign.of(Kind.STATISTICS, file.text(), output);
        try (Operator operator = coordinator.connect()) {
            Inquiry inquiry = new Inquiry(operator, output::say, patience);
            SurveyView sent = inquiry.send(file.text(), signature);
            sign.check(output, sent.signer());
            output.say("survey " + sent.id() + " at " + operator.address() + ": nodes are asked, for "
                    + file.survey().deadline().toSeconds() + " s at most");
            return inquiry.await(sent.id());
        }
    }

    private void tell(SurveyFile file, Outcome outcome, Optional<String> id, Path report) throws IOException {
        outcome.without().forEach((node, why) -> output.say("without " + node + ": " + why));
        Map<String, Object> object = new LinkedHashMap<>();
        id.ifPresent(known -> object.put("survey", known));
        object.put("simulated", id.isEmpty());
        object.put("answer", outcome.answer());
        object.put("reason", outcome.reason());
        object.put("without", outcome.without());
        if (outcome.answer().isPresent()) {
            object.put("hardlyMoreThanNoise", MostlyNoise.of(file.survey(), outcome.answer().get()));
            SurveyTables.of(outcome.answer().get()).forEach(output::print);
            output.print("");
            SurveyText.notes(file.survey(), outcome.answer().get()).forEach(output::print);
            if (id.isEmpty()) {
                output.print(SurveyText.SIMULATED);
            }
            new WholeFile(report).write(stream -> stream.write(
                    SurveyReport.of(file.survey(), outcome, id.isEmpty(), command(), Version.number())
                            .getBytes(StandardCharsets.UTF_8)));
            output.say("report: " + report);
            object.put("report", report.toString());
        } else {
            output.say("nothing is told: " + outcome.reason());
        }
        output.json(object);
    }

    /** As it may be typed again. */
    private String command() {
        return output.program("statistics ") + Output.quoted(path.orElseThrow()) + sign.text()
                + data.stream().map(one -> " --data " + Output.quoted(one)).collect(Collectors.joining())
                + partition.map(how -> " --partition " + Output.quoted(how)).orElse("")
                + (data.isEmpty() ? "" : " --seed " + seed);
    }
}
