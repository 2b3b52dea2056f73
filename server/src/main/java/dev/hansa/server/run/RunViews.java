package dev.hansa.server.run;

import dev.hansa.core.coordinator.Checkpoint;
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
import dev.hansa.spec.model.ModelFile;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final DataDirectory directory;
    private final Nodes nodes;
    private final Runs runs;
    private final Map<String, RunFile> files = new ConcurrentHashMap<>();
    private final Map<Path, Sha256> digests = new ConcurrentHashMap<>();

    public RunViews(RunTable table, SqliteStore store, DataDirectory directory, Nodes nodes, Runs runs) {
        this.table = table;
        this.store = store;
        this.directory = directory;
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
                finished ? Optional.of(digest(model(run)).hex()) : Optional.empty(), waitsFor(run));
    }

    private @Nullable String waitsFor(RunRow run) {
        return run.state().over() ? null : runs.waitsFor(run.id()).orElse(null);
    }

    /**
     * The model after the last committed round, as a file.
     *
     * @throws RejectedException if no round is committed yet
     */
    public Path model(RunRow run) {
        Path file = directory.run(run.id()).model(store.rounds(run.id()));
        if (Files.exists(file)) {
            return file;
        }
        Checkpoint checkpoint = store.latest(run.id()).filter(last -> last.state().round() > 0)
                .orElseThrow(() -> new RejectedException(ErrorCode.NOT_FOUND,
                        "run " + run.id() + " has no model before its first round is committed"));
        Path written = directory.run(run.id()).model(checkpoint.state().round());
        synchronized (this) { // of two that ask at once, the second finds what the first has written
            if (!Files.exists(written)) {
                new ModelFile(checkpoint.state().round(), file(run), checkpoint.preprocessing(),
                        checkpoint.state().parameters()).write(written);
            }
        }
        return written;
    }

    private Sha256 digest(Path model) {
        return digests.computeIfAbsent(model, file -> {
            try {
                return Sha256.of(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private RunFile file(RunRow run) {
        return files.computeIfAbsent(run.id(), id -> RunFile.parse(run.spec(), run.fileName()));
    }
}
