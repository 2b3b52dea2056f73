package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.promise.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The last values of each setting, the best first, and the runs behind them. */
final class SweepTable {

    private SweepTable() {}

    static Tag of(Sweep sweep) {
        String metric = sweep.metric();
        Tag section = Tag.of("section").add(Tag.of("h2", "The last round"));
        if (sweep.cells().size() > 1) {
            section.add(cells(sweep, metric).tag());
        }
        section.add(Tag.of("details").add(Tag.of("summary", Format.count(sweep.runs(), "run")),
                runs(sweep, metric).tag()));
        return section.add(Tag.of("p", (sweep.hasSeeds() ? "± is the standard deviation over seeds. " : "")
                + (metric.startsWith(Sweep.CENTRAL)
                        ? "Settings are compared on the coordinator’s own rows, the same for all."
                        : "Settings are compared on the rows that clients hold out.")
                + " A setting with a run that did not finish comes last.").style("quiet"));
    }

    private static Table cells(Sweep sweep, String metric) {
        List<String> metrics = metrics(sweep, metric);
        List<String> columns = new ArrayList<>(sweep.keys().isEmpty() ? List.of("run") : sweep.keys());
        metrics.forEach(one -> columns.add(Sweep.name(one)));
        columns.addAll(List.of("runs", "seconds"));
        Table table = new Table("From the best " + Sweep.name(metric) + " to the worst", columns);
        boolean best = sweep.best().isPresent();
        for (SweptCell cell : sweep.ranked()) {
            List<String> cells = new ArrayList<>(
                    sweep.keys().isEmpty() ? List.of(cell.name()) : sweep.shown(cell));
            cells.set(0, cells.getFirst() + (best ? " (best)" : ""));
            metrics.forEach(one -> cells.add(Sweep.text(cell, one)));
            cells.add(cell.runs().size() + (cell.unfinished() > 0 ? ", " + cell.unfinished() + " unfinished" : ""));
            cells.add(Format.number(cell.runs().stream().mapToDouble(SweptRun::seconds).sum()));
            table.row(best ? "this" : "", cells);
            best = false; // the others are worse
        }
        return table;
    }

    /** Those that some run has, the one that counts first. */
    private static List<String> metrics(Sweep sweep, String metric) {
        return Stream.concat(Stream.of(metric), Sweep.metrics(sweep.headline()).stream()).distinct()
                .filter(one -> one.equals(metric) || sweep.cells().stream().anyMatch(cell -> cell.last(one).size() > 0))
                .toList();
    }

    private static Table runs(Sweep sweep, String metric) {
        Table table = new Table("Each run",
                List.of("folder", "seed", Sweep.name(metric), "epsilon", "seconds", "ended"));
        sweep.ranked().forEach(cell -> cell.runs().forEach(run -> table.row(List.of(run.folder(),
                String.valueOf(run.seed()), Format.number(run.last(metric)),
                run.last(Sweep.EPSILON).isPresent() ? Amount.epsilon(run.last(Sweep.EPSILON).getAsDouble()) : "–",
                Format.number(run.seconds()),
                (run.finished() ? run.ending() : run.ending() + ": " + run.reason())
                        + run.littleLearned().map(little -> "; the model has " + little).orElse("")))));
        return table;
    }
}
