package dev.hansa.cli.command.runs;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.TextTable;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.live.BestText;
import dev.hansa.cli.live.FailureText;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.operator.RefusedException;
import dev.hansa.cli.option.OneRun;
import dev.hansa.cli.promise.Amount;
import dev.hansa.core.coordinator.Failures.Failure;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.model.Metrics;
import dev.hansa.server.api.PrivacyView;
import dev.hansa.server.api.RunView;
import dev.hansa.server.api.SurveyView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hansa runs show}: where one run stands. */
@Command(name = "show",
        description = {"Shows where a run stands: its nodes, its metrics, its last rounds; who failed, and why.", "",
                "Given the id of a survey ('statistics') it shows that: where it stands, or its answer."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE},
        footer = "  ${ROOT-COMMAND-NAME} runs show ID")
final class RunsShow implements Callable<Integer> {
    private static final int LAST_ROUNDS = 10;
    private static final int LAST_NAMED = 5;

    @Mixin
    private final Output output;

    @Mixin
    private final OneRun run;

    RunsShow(Console console) {
        this.output = new Output(console);
        this.run = new OneRun(console);
    }

    @Override
    public Integer call() {
        try (Operator operator = run.connect()) {
            RunView found;
            try {
                found = operator.run(run.id());
            } catch (RefusedException e) {
                SurveyShow.show(survey(operator, e), output);
                return ExitCode.OK.number();
            }
            show(found);
            return ExitCode.OK.number();
        }
    }

    /** Whoever asked for statistics was told an id, too. */
    private SurveyView survey(Operator operator, RefusedException noRun) {
        if (!noRun.nothingSuch()) {
            throw noRun;
        }
        try {
            return operator.survey(run.id(), Duration.ZERO);
        } catch (RefusedException e) {
            throw noRun;
        }
    }

    private void show(RunView run) {
        output.print(run.name() + " (" + run.id() + ")");
        if (!run.purpose().isBlank()) {
            output.print(run.purpose());
        }
        output.print("state      " + run.state().name().toLowerCase(Locale.ROOT)
                + (run.reason().isEmpty() ? "" : ": " + run.reason()));
        if (run.waitsFor() != null) {
            output.print("waits for  " + run.waitsFor());
        }
        output.print("round      " + run.round() + " of " + run.rounds());
        output.print("submitted  " + Times.of(run.submitted()));
        run.ended().ifPresent(ended -> output.print("ended      " + Times.of(ended)));
        output.print("nodes      " + nodes(run));
        run.privacy().ifPresentOrElse(promise -> output.print("privacy    " + privacy(promise)),
                () -> output.printBad("privacy    none; what is learned may tell of single nodes and rows"));
        run.signer().ifPresent(author -> output.print("signed by  " + author));
        run.refused().forEach((node, reason) -> output.print("refused    " + node + ": " + reason));
        failed(run.failed()).forEach(output::print);
        late(run.late()).forEach(output::print);
        discarded(run.history()).forEach(output::print);
        rounds(run.history()).forEach(output::print);
        run.best().ifPresent(best -> output.print("best       " + BestText.of(best, run.history())
                + (best.round() == run.round() ? ""
                        : "; '" + output.program("model export ") + run.id() + " --best' gets it")));
        FairnessTables.of(run.history()).forEach(output::print);
        clusters(run.history()).forEach(output::print);
        CrossSiteTable.of(run.closing().crossSite()).forEach(output::print);
        PersonalTable.of(run.closing().personal()).forEach(output::print);
        run.unmeasured().forEach(missing -> output.print("unmeasured " + missing));
        output.json(Map.of("run", run));
    }

    static String privacy(PrivacyView promise) {
        return "epsilon " + Amount.epsilon(promise.epsilon())
                + promise.budget().map(all -> " of " + Amount.epsilon(all)).orElse("") + " with delta "
                + Amount.written(promise.delta()) + ", " + promise.mechanism() + "; " + promise.adjacency();
    }

    private static String nodes(RunView run) {
        if (run.state().over()) {
            SortedSet<String> took = new TreeSet<>();
            run.history().forEach(round -> took.addAll(round.clients().keySet()));
            return took.isEmpty() ? "none took part" : String.join(", ", took) + " took part";
        }
        return (run.present().isEmpty() ? "none is here" : String.join(", ", run.present())) + "; it waits for "
                + run.nodes() + " to start and "
                + (run.minimumReports() == 0 ? "counts whatever updates come in a round"
                        : "needs " + Format.count(run.minimumReports(), "update") + " a round");
    }

    static List<String> failed(List<Failure> failures) {
        return failures.stream().map(failure -> (failure.postponed() ? "put off    " : "failed     ")
                + FailureText.who(failure) + ", " + FailureText.when(failure) + ": " + failure.reason()).toList();
    }

    static List<String> late(List<RunEvent.ClientLate> late) {
        return last("late       " + Format.count(late.size(), "answer") + " came after the round had closed",
                late.stream().map(answer -> answer.client() + ", round " + answer.round() + ": its "
                        + Format.answer(answer.phase()) + " by " + Format.late(answer.late())).toList());
    }

    static List<String> discarded(List<RoundRecord> history) {
        List<String> each = history.stream().flatMap(round -> round.discarded().entrySet().stream()
                .map(update -> update.getKey() + ", round " + round.round() + ": " + update.getValue())).toList();
        return last("discarded  " + Format.count(each.size(), "update") + " could not be counted", each);
    }

    private static List<String> last(String title, List<String> all) {
        if (all.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(title + "; the last:");
        all.subList(Math.max(0, all.size() - LAST_NAMED), all.size()).forEach(one -> lines.add("           " + one));
        return lines;
    }

    static List<String> clusters(List<RoundRecord> history) {
        if (history.isEmpty()) {
            return List.of();
        }
        return history.getLast().clusters().entrySet().stream().map(cluster -> "cluster " + cluster.getKey() + "  "
                + String.join(", ", cluster.getValue())).toList();
    }

    static List<String> rounds(List<RoundRecord> history) {
        if (history.isEmpty()) {
            return List.of();
        }
        SequencedSet<String> metrics = new LinkedHashSet<>(history.getLast().evaluation().values().keySet());
        metrics.removeIf(metric -> !Metrics.judges(metric) && !metric.equals(Metrics.AUC_ERROR));
        history.getLast().central().values().keySet().stream().filter(Metrics::judges)
                .forEach(metric -> metrics.add(Metrics.CENTRAL + metric));
        String[] header = new String[metrics.size() + 4];
        header[0] = "ROUND";
        header[1] = "UPDATES";
        header[2] = "TRAINING LOSS";
        int column = 3;
        for (String metric : metrics) {
            header[column++] = metric.startsWith(Metrics.CENTRAL)
                    ? metric.replace('.', ' ').toUpperCase(Locale.ROOT)
                    : "HELD-OUT " + metric.toUpperCase(Locale.ROOT);
        }
        header[column] = "BYTES";
        TextTable table = new TextTable(header);
        for (RoundRecord round : history.subList(Math.max(0, history.size() - LAST_ROUNDS), history.size())) {
            Object[] cells = new Object[header.length];
            cells[0] = round.round();
            cells[1] = round.updates() + Format.partialAndDiscarded(round);
            cells[2] = Format.number(round.training().get(Metrics.LOSS));
            int cell = 3;
            for (String metric : metrics) {
                cells[cell++] = Format.number(round.measured(metric));
            }
            cells[cell] = Format.bytes(round.traffic());
            table.row(cells);
        }
        return table.lines();
    }
}
