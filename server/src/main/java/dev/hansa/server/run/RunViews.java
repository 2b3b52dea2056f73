package dev.hansa.server.run;

import dev.hansa.core.coordinator.BestRound;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Unmeasured;
import dev.hansa.core.model.Metrics;
import dev.hansa.server.api.PrivacyView;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.RunSummary;
import dev.hansa.server.api.RunView;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.RunRow;
import dev.hansa.server.store.RunTable;
import dev.hansa.server.store.SqliteStore;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.spec.document.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What people see of runs. Safe for several threads. */
public final class RunViews {
    private final RunTable table;
    private final SqliteStore store;
    private final Nodes nodes;
    private final Runs runs;
    private final Map<String, RunFile> files = Collections.synchronizedMap(new Recent<>());
    private final ModelFiles models;

    public RunViews(RunTable table, SqliteStore store, DataDirectory directory, Nodes nodes, Runs runs) {
        this.table = table;
        this.store = store;
        this.models = new ModelFiles(store, directory);
        this.nodes = nodes;
        this.runs = runs;
    }

    /** All runs, the newest first. */
    public List<RunSummary> all() {
        return table.all().stream().map(this::summary).toList();
    }

    /** Those that are not over; of the others no file is read, which takes long where noise is worked out from it. */
    public List<RunSummary> underWay() {
        return table.all().stream().filter(run -> !run.state().over()).map(this::summary).toList();
    }

    private RunSummary summary(RunRow run) {
        Optional<RunSpec> spec = readable(run).map(RunFile::spec);
        int done = store.rounds(run.id());
        return new RunSummary(run.id(), spec.map(RunSpec::name).orElse(run.id()), run.state(), done,
                spec.map(RunSpec::lastRound).orElse(done), run.submitted(), run.ended(), run.reason(), waitsFor(run));
    }

    /** One run, whole; of one whose file this version cannot read, what is known without it. */
    public RunView of(RunRow run) {
        return readable(run).map(file -> of(run, file)).orElseGet(() -> unreadable(run));
    }

    private RunView unreadable(RunRow run) {
        List<RoundRecord> history = store.history(run.id());
        return new RunView(run.id(), run.id(), "", run.state(), history.size(), history.size(), run.submitted(),
                run.ended(), run.reason(), 0, 0, Collections.emptySortedSet(), store.refused(run.id()),
                evaluation(history), history, store.closing(run.id()), store.late(run.id()), Optional.empty(),
                waitsFor(run), Optional.empty(), List.of(), Optional.empty(), signer(run), store.failed(run.id()));
    }

    private RunView of(RunRow run, RunFile file) {
        RunSpec spec = file.spec();
        List<RoundRecord> history = store.history(run.id());
        SortedMap<String, String> refused = store.refused(run.id());
        Closing closing = store.closing(run.id());
        boolean finished = run.state().over() && !history.isEmpty();
        return new RunView(run.id(), spec.name(), spec.purpose(), run.state(), history.size(), spec.lastRound(),
                run.submitted(), run.ended(), run.reason(), spec.cohort().nodes(), spec.neededUpdates(),
                run.state().over() ? Collections.emptySortedSet() : nodes.present(spec.data().set()),
                refused, evaluation(history), history, closing, store.late(run.id()),
                finished ? Optional.of(digest(run, file)) : Optional.empty(), waitsFor(run),
                best(run, spec, history), Unmeasured.of(spec, history, closing, refused, run.state().over()),
                spec.privacy().map(plan -> privacy(plan, history.size())), signer(run), store.failed(run.id()));
    }

    private static Optional<String> signer(RunRow run) {
        return run.signature().map(signature -> signature.author().text());
    }

    private static PrivacyView privacy(PrivacyPlan plan, int rounds) {
        return new PrivacyView(plan.privacy().mechanism().word(),
                plan.drawing().adjacency().words(plan.privacy().mechanism().hidesRows() ? "row" : "participant"),
                plan.epsilon(rounds), plan.privacy().delta(),
                plan.privacy().epsilon().stream().boxed().findFirst());
    }

    /** The best round, if its model is there. */
    private Optional<BestRound> best(RunRow run, RunSpec spec, List<RoundRecord> history) {
        int kept = store.bestRound(run.id());
        return spec.evaluation().best(history).filter(best -> best.round() == kept);
    }

    private static Metrics evaluation(List<RoundRecord> history) {
        return history.reversed().stream().map(RoundRecord::evaluation)
                .filter(metrics -> !metrics.equals(Metrics.NONE)).findFirst().orElse(Metrics.NONE);
    }

    private @Nullable String waitsFor(RunRow run) {
        return run.state().over() ? null : runs.waitsFor(run.id()).orElse(null);
    }

    /**
     * The model, open.
     *
     * @throws RejectedException if there is none yet, or this version cannot read the run's file
     */
    public FileChannel model(RunRow run, WhichModel which) throws IOException {
        return models.open(run, file(run), which);
    }

    private String digest(RunRow run, RunFile file) {
        try {
            return models.digest(run, file).hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<RunFile> readable(RunRow run) {
        try {
            return Optional.of(file(run));
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    private RunFile file(RunRow run) {
        try {
            return files.computeIfAbsent(run.id(), id -> RunFile.parse(run.spec(), run.fileName()));
        } catch (InvalidSpecException e) {
            throw RejectedException.invalidSpec("this version of the coordinator cannot read the file of run "
                    + run.id() + ": " + e.getMessage(), e.problems().stream().map(Problem::toString).toList());
        }
    }
}
