package dev.hansa.cli.sweep;

import dev.hansa.cli.Version;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.cli.report.Sweep;
import dev.hansa.cli.report.SweptCell;
import dev.hansa.cli.report.SweptRun;
import dev.hansa.cli.results.DamagedResults;
import dev.hansa.cli.results.StoredRun;
import dev.hansa.core.model.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the runs of a sweep have come to so far; what one more costs does not grow with their number. Safe for several threads. */
final class SweepResults {
    private final SweepPlan plan;
    /** From which results are named. */
    private final Path folder;
    private final String headline;
    /** By number of the run. */
    private final @Nullable SweptRun[] done;
    private int size;
    private int finished;
    /** Finished runs that were measured on the coordinator's own rows. */
    private int central;
    /** By metric, of the cells whose runs are all done. */
    private final Map<String, SweptCell> best = new HashMap<>();

    SweepResults(SweepPlan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
        this.headline = Headline.metric(plan.runs().getFirst().file().spec());
        this.done = new SweptRun[plan.runs().size()];
    }

    /**
     * Reads what the run has left in its folder; each run once.
     *
     * @throws DamagedResults if that is not as it was written
     */
    SweptRun read(PlannedRun run) throws IOException {
        SweptRun result = StoredRun.of(run.folder()).orElseThrow().swept(folder);
        add(run, result);
        return result;
    }

    private synchronized void add(PlannedRun run, SweptRun result) {
        done[run.number()] = result;
        size++;
        finished += result.finished() ? 1 : 0;
        central += result.last(Sweep.central(headline)).isPresent() ? 1 : 0;
        SweptCell cell = cell(run.number() / plan.seeds());
        if (cell.runs().size() == plan.seeds()) {
            for (String metric : List.of(Sweep.central(headline), Sweep.heldOut(headline))) {
                if (Sweep.measured(cell, metric)) {
                    best.merge(metric, cell,
                            (one, other) -> Sweep.order(metric).compare(one, other) <= 0 ? one : other);
                }
            }
        }
    }

    synchronized int size() {
        return size;
    }

    /** The runs that are done. */
    synchronized List<PlannedRun> runs() {
        return plan.runs().stream().filter(run -> done[run.number()] != null).toList();
    }

    private String metric() {
        return finished > 0 && central == finished ? Sweep.central(headline) : Sweep.heldOut(headline);
    }

    /** How a run came out: {@code held-out accuracy 0.9123 in 2.1 s}. */
    synchronized String text(SweptRun result) {
        return (result.finished() ? Sweep.name(metric()) + " " + Format.number(result.last(metric())) : result.ending())
                + " in " + Format.seconds(Duration.ofMillis(Math.round(1000 * result.seconds())));
    }

    /** The best of the settings whose runs are all done, with what it came to. */
    synchronized Optional<String> best() {
        String metric = metric();
        return plan.cells().size() < 2 ? Optional.empty()
                : Optional.ofNullable(best.get(metric)).map(cell -> cell.name() + ", " + cell.last(metric).text());
    }

    /**
     * All that is done.
     *
     * @param again the command that makes the report again
     * @param notes what has to be known of it
     */
    synchronized Sweep sweep(String again, List<String> notes) {
        PlannedRun first = plan.runs().getFirst();
        List<SweptCell> cells = IntStream.range(0, plan.cells().size()).mapToObj(this::cell)
                .filter(cell -> !cell.runs().isEmpty()).toList();
        return new Sweep(first.file().spec().name(), subtitle(), plan.keys(), cells, headline,
                headline.equals(Metrics.RMSE) ? first.file().spec().data().schema().label().unit() : "", notes, again,
                Version.number());
    }

    private SweptCell cell(int number) {
        Cell cell = plan.cells().get(number);
        return new SweptCell(cell.name(), cell.settings(), plan.runs(number).stream().map(run -> done[run.number()])
                .filter(Objects::nonNull).toList());
    }

    private String subtitle() {
        List<String> parts = new ArrayList<>();
        int cells = plan.cells().size();
        if (!plan.keys().isEmpty()) {
            parts.add(Format.count(cells, "setting") + " of " + String.join(" and ", plan.keys()));
        }
        if (plan.seeds() > 1) {
            parts.add(Format.count(plan.seeds(), "seed") + (cells > 1 ? " each" : ""));
        }
        String purpose = plan.runs().getFirst().file().spec().purpose();
        if (!purpose.isBlank()) {
            parts.add(purpose);
        }
        return String.join(". ", parts);
    }
}
