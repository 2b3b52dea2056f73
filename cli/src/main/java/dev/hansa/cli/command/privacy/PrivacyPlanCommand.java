package dev.hansa.cli.command.privacy;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.InputFiles;
import dev.hansa.cli.io.Labelled;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.ReportFile;
import dev.hansa.cli.io.TextTable;
import dev.hansa.cli.io.WholeFile;
import dev.hansa.cli.live.EpsilonCurve;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Working;
import dev.hansa.cli.promise.Amount;
import dev.hansa.cli.promise.Promise;
import dev.hansa.cli.promise.PromiseJson;
import dev.hansa.cli.report.PrivacyReport;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa privacy plan}: what a run file promises, before anything runs. */
@Command(name = "plan",
        description = {
                "Tells what a run file promises of the data, before anything runs: epsilon over rounds, the noise, who "
                        + "it protects from, what it does not cover, and what other settings would change.",
                "", "It is what the run keeps: the same accountant ends it before its budget is exceeded."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} privacy plan run.yaml",
                "  ${ROOT-COMMAND-NAME} privacy plan run.yaml --report privacy.html"})
final class PrivacyPlanCommand implements Callable<Integer> {
    private static final int WIDTH = 40;
    private static final int LEFT = 13;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "RUN.YAML", description = "The run file.")
    private Path runFile;

    @Option(names = "--report", paramLabel = "FILE", description = "Write it as a web page too, that stands alone.")
    private Optional<Path> report;

    PrivacyPlanCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() throws IOException {
        if (report.isPresent()) {
            ReportFile.check("--report", report.get());
        }
        Worked worked;
        try (Working _ = output.working("working out what " + runFile + " promises")) {
            worked = Worked.of(InputFiles.run(runFile), report.isPresent());
        }
        RunFile file = worked.file();
        InputFiles.warn(output, runFile, file, file.spec().cohort().nodes());
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("private", worked.promise().isPresent());
        if (worked.promise().isPresent()) {
            tell(file, worked.promise().get(), worked, object);
        } else {
            output.printBad(file.spec().name() + ": " + Promise.NONE);
            output.print(Promise.NOTHING);
            output.print("The section 'privacy' of the run file asks for it; docs/privacy.md begins with how.");
        }
        if (report.isPresent()) {
            write(report.get(), worked.page());
            object.put("report", report.get().toAbsolutePath().toString());
        }
        output.json(object);
        return ExitCode.OK.number();
    }

    /** All that takes a while, before anything of it is told. */
    private record Worked(RunFile file, Optional<Promise> promise, Optional<EpsilonCurve> curve,
            List<WhatIf.Answer> others, String page) {
        static Worked of(RunFile file, boolean withPage) {
            Optional<Promise> promise = Promise.of(file.spec());
            return new Worked(file, promise, promise.map(Promise::curve),
                    promise.map(kept -> new WhatIf(file, kept).answers()).orElse(List.of()),
                    withPage ? PrivacyReport.of(file.spec()) : "");
        }
    }

    private void tell(RunFile file, Promise promise, Worked worked, Map<String, Object> object) {
        EpsilonCurve curve = worked.curve().orElseThrow();
        List<WhatIf.Answer> others = worked.others();
        double epsilon = curve.atMost(promise.plan().rounds());
        output.print(file.spec().name() + ": " + promise.inShort(epsilon) + ", after "
                + Format.count(promise.plan().rounds(), "round"));
        output.print("");
        output.print("  " + curve.sparkline(output.console().terminal(), WIDTH));
        TextTable course = new TextTable("ROUNDS", "EPSILON");
        curve.points().forEach((round, spent) -> course.row(round, Amount.epsilon(spent)));
        course.lines().forEach(line -> output.print("  " + line));
        output.print("");
        line("what", "hides " + promise.hides() + " (" + promise.adjacency() + ")");
        line("protects", "from " + promise.protectsFrom());
        promise.notFrom().ifPresent(who -> line("not", "from " + who));
        promise.inWords(epsilon).forEach(words -> line("meaning", words));
        line("how", promise.how());
        line("noise", promise.strength());
        promise.statistics().ifPresent(told -> line("statistics", told.inWords()));
        line("drawing", promise.sampling());
        line("budget", promise.budget());
        line("public", String.join("; ", promise.known()));
        line("unprotected", String.join("; ", promise.unprotected()));
        line("accountant", promise.accountant());
        promise.asOptions().ifPresent(options -> line("the same", "'" + output.program("privacy epsilon ") + options
                + "'"
                + (promise.plan().drawing().adjacency() == Adjacency.REPLACE_ONE
                        ? ", where the noise is divided by how far the sum moves: by twice the clip, if one is replaced"
                        : "")));
        output.print("");
        output.print("What would change epsilon, and the noise in the "
                + (promise.plan().privacy().mechanism().hidesRows() ? "sum of a step:" : "mean of a round:"));
        TextTable changes = new TextTable("IF THERE WERE", "EPSILON", "NOISE IN CLIPS");
        changes.row("this run", Amount.epsilon(epsilon), Format.number(promise.lengthOfNoise()));
        others.forEach(
                other -> changes.row(other.change(), Amount.epsilon(other.epsilon()), Format.number(other.noise())));
        changes.lines().forEach(line -> output.print("  " + line));
        object.putAll(PromiseJson.of(promise, curve));
        object.put("changes", others);
    }

    private void line(String name, String text) {
        output.print(Labelled.text(name, LEFT, text, output.console().terminal().columns()));
    }

    private void write(Path to, String page) throws IOException {
        new WholeFile(to).write(out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
        output.print("");
        line("report", to.toString());
    }
}
