package dev.hansa.cli.command;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.Ending;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.Version;
import dev.hansa.cli.audit.AuditTelling;
import dev.hansa.cli.audit.RunAudit;
import dev.hansa.cli.io.Folders;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.WholeFile;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Overall;
import dev.hansa.cli.live.RunView;
import dev.hansa.cli.live.Troubles;
import dev.hansa.cli.report.AuditFindings;
import dev.hansa.cli.report.AuditFindings.Verdict;
import dev.hansa.cli.report.AuditReport;
import dev.hansa.cli.rows.ReadingView;
import dev.hansa.cli.rows.RowCache;
import dev.hansa.cli.rows.RowReading;
import dev.hansa.cli.rows.SharedFiles;
import dev.hansa.cli.simulate.SimulatedClients;
import dev.hansa.cli.simulate.SimulationJob;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.model.Seed;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa audit}: attacks on the model of a run. */
@Command(name = "audit",
        description = {"Attacks a run: tells what its model, and its updates, give away of the rows behind them.",
                "",
                "Trains the run by simulation on a random half of its rows, and other models on other halves, as an "
                        + "attacker would who has rows of the same kind; looks how well these tell the halves apart, what "
                        + "guesses about rows with wrong labels prove, and what can be read from an update. Beside it "
                        + "stands what the run promises (privacy in the run file).",
                "",
                "An attack that fails proves nothing: others may be better. One that proves more than is promised ends "
                        + "the command with 1."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.INTERRUPTED},
        footer = {"  ${ROOT-COMMAND-NAME} audit run.yaml --data alice=alice.csv --data bob=bob.csv",
                "  ${ROOT-COMMAND-NAME} audit run.yaml --data all.csv --partition iid:10 --report audit"})
final class Audit implements Callable<Integer> {
    private static final int MOST_SHADOWS = 256;
    /** One row in so many is a canary, if nobody says how many. */
    private static final int ROWS_OF_CANARY = 10;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "RUN.YAML", description = "The run file; '${ROOT-COMMAND-NAME} spec' explains it.")
    private Path runFile;

    @Mixin
    private final SimulatedClients clients = new SimulatedClients();

    @Option(names = "--shadows", paramLabel = "N", defaultValue = "8",
            description = "How many models the attacker trains, an even number; more are a better attack. Default: "
                    + "${DEFAULT-VALUE}.")
    private int shadows;

    @Option(names = "--canaries", paramLabel = "N",
            description = "How many rows get a wrong label, to be guessed at. Default: a tenth of the rows.")
    private Optional<Integer> canaries;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Of the coins that decide which rows are learned from. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--report", paramLabel = "DIR", description = "Also write what was found as a page, audit.html.")
    private Optional<Path> report;

    private final Troubles troubles = new Troubles();

    Audit(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() throws Exception {
        int workers = clients.workers();
        if (shadows < 2 || shadows % 2 != 0 || shadows > MOST_SHADOWS) {
            throw CommandException
                    .usage("--shadows is " + shadows + ", expected an even number from 2 to " + MOST_SHADOWS
                            + ": each row is learned from by half of them");
        }
        if (canaries.filter(number -> number < 0).isPresent()) {
            throw CommandException.usage("--canaries is " + canaries.get() + ", expected 0 or more");
        }
        report.ifPresent(folder -> Folders.check("--report", folder));
        RunFile file = clients.nodes().read(runFile, output);
        RunAudit.check(file.spec());
        if (file.simulation().devices().isPresent()) {
            throw file.problem(runFile, "simulation.devices",
                    "an audit trains its models without devices, whose clients come late and leave work undone, so it would"
                            + " be one of another run; expected none");
        }
        SimulationJob job = clients.job(output, reading());
        RunAudit audit = RunAudit.of(file.spec(), job.read(file, runFile), workers, shadows,
                all -> canaries.orElse(all / ROWS_OF_CANARY), new Seed(seed));
        Instant begin = Instant.now();
        AuditFindings findings;
        try (Ending.Duty _ = output.console().ending()
                .duty(() -> output.say("interrupted: nothing of the audit is kept"))) {
            findings = audit.findings((number, model) -> watched(file, audit.models(), number, begin, model));
        }
        Optional<Path> page = write(file, findings);
        AuditTelling.tell(output, findings, page);
        return (findings.verdict() == Verdict.BROKEN ? ExitCode.FAILED : ExitCode.OK).number();
    }

    /** Trains a model in view, and says when all of them will be trained. */
    private Checkpoint watched(RunFile file, int models, int number, Instant begin, RunAudit.Training model)
            throws InterruptedException {
        String name = number == 0 ? "attacked model" : "shadow model " + number;
        Overall overall = new Overall(name, number + 1, models, models - number, number,
                Duration.between(begin, Instant.now()), Optional.empty(), troubles);
        Checkpoint trained;
        try (RunView view = RunView.on(output.console().terminal(), file.spec(), Clock.systemUTC(), overall);
                Ending.Duty _ = output.console().ending().duty(view::close)) {
            trained = model.under(view);
        }
        int left = models - number - 1;
        Duration each = Duration.between(begin, Instant.now()).dividedBy(number + 1);
        output.say(number + 1 + "/" + models + "  " + name + ": trained"
                + (left == 0 ? "" : ", about " + Format.seconds(each.multipliedBy(left)) + " left"));
        return trained;
    }

    private RowReading reading() {
        return new RowReading(new SharedFiles(),
                new RowCache(report.orElse(Path.of("hansa-out")).resolve("rows-cache")),
                false, Runtime.getRuntime().maxMemory(),
                csv -> new ReadingView(output.console().terminal(), csv, System::nanoTime), output.console().ending());
    }

    private Optional<Path> write(RunFile file, AuditFindings findings) throws IOException {
        if (report.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(report.get());
        Path page = report.get().resolve("audit.html");
        String html = AuditReport.of(findings, output.program("audit ") + Output.quoted(runFile) + options(),
                file.text(), Version.number());
        new WholeFile(page).write(out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
        return Optional.of(page);
    }

    /** As they may be typed again. */
    private String options() {
        return clients.filesAsTyped() + clients.partitionAsTyped() + " --shadows " + shadows
                + canaries.map(number -> " --canaries " + number).orElse("") + " --seed " + seed;
    }
}
