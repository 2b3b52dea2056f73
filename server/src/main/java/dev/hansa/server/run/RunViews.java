package dev.hansa.server.run;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Metrics;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.RunSummary;
import dev.hansa.server.api.RunView;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.RunRow;
import dev.hansa.server.store.RunTable;
import dev.hansa.server.store.SqliteStore;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What people see of runs. Safe for several threads. */
public final class RunViews {
    private final RunTable table;
    private final SqliteStore store;
    private final Nodes nodes;
    private final Runs runs;
    private final Map<String, RunFile> files = new ConcurrentHashMap<>();
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

    private RunSummary summary(RunRow run) {
        RunSpec spec = file(run).spec();
        return new RunSummary(run.id(), spec.name(), run.state(), store.rounds(run.id()), spec.rounds(),
                run.submitted(), run.ended(), run.reason(), waitsFor(run));
    }

    /** One run, whole. */
    public RunView of(RunRow run) {
        RunSpec spec = file(run).spec();
        List<RoundRecord> history = store.history(run.id());
        Metrics evaluation = history.reversed().stream().map(RoundRecord::evaluation)
                .filter(metrics -> !metrics.equals(Metrics.NONE)).findFirst().orElse(Metrics.NONE);
        boolean finished = run.state().over() && !history.isEmpty();
        return new RunView(run.id(), spec.name(), spec.purpose(), run.state(), history.size(), spec.rounds(),
                run.submitted(), run.ended(), run.reason(), spec.cohort().nodes(), spec.cohort().minimumReports(),
                run.state().over() ? Collections.emptySortedSet() : nodes.present(spec.data().set()),
                store.refused(run.id()), evaluation, history,
                finished ? Optional.of(digest(run)) : Optional.empty(), waitsFor(run));
    }

    private @Nullable String waitsFor(RunRow run) {
        return run.state().over() ? null : runs.waitsFor(run.id()).orElse(null);
    }

    /**
     * The model after the last committed round, open.
     *
     * @throws RejectedException if no round is committed yet
     */
    public FileChannel model(RunRow run) throws IOException {
        return models.open(run, file(run));
    }

    private String digest(RunRow run) {
        try {
            return models.digest(run, file(run)).hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunFile file(RunRow run) {
        return files.computeIfAbsent(run.id(), id -> RunFile.parse(run.spec(), run.fileName()));
    }
}
