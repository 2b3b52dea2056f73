package dev.hansa.server.run;

import dev.hansa.core.FederationException;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.RunState;
import dev.hansa.server.fleet.Introduction;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.RemoteFleet;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.OwnRowsStore;
import dev.hansa.server.store.RunRow;
import dev.hansa.server.store.RunTable;
import dev.hansa.server.store.SqliteStore;
import dev.hansa.server.store.TaskTable;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.spec.document.Problem;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.trust.FileSignature;
import dev.hansa.wire.trust.FileSignature.Kind;
import dev.hansa.wire.trust.SignedFile;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes runs in, keeps them running, and goes on with those that an earlier process left. Safe for several threads. */
public final class Runs implements AutoCloseable {
    private static final String NO_ROOM =
            "room: the disk of the coordinator is full; nodes and run go on by themselves "
                    + "when there is some";
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Before a run looks again whether a full disk has room; longer each time. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RunTable table;
    private final SqliteStore store;
    private final DataDirectory directory;
    private final Nodes nodes;
    private final TaskBoard board;
    private final TaskTable tasks;
    private final OwnRowsStore own;
    private final Clock clock;
    private final Map<String, LiveRun> live = new ConcurrentHashMap<>();
    /** Held while a run is taken in and started: none begins after the others were paused. */
    private final ReentrantLock starting = new ReentrantLock();
    private boolean closed;

    public Runs(RunTable table, SqliteStore store, DataDirectory directory, Nodes nodes, TaskBoard board,
            TaskTable tasks, OwnRowsStore own, Clock clock) {
        this.table = table;
        this.store = store;
        this.directory = directory;
        this.nodes = nodes;
        this.board = board;
        this.tasks = tasks;
        this.own = own;
        this.clock = clock;
    }

    /** Whether a run is under way, even if it waits. */
    public boolean underWay() {
        return !live.isEmpty();
    }

    /** Goes on with all runs that are not over, each where it was. */
    public void resume() {
        for (RunRow run : table.all()) {
            tidyModels(run);
            if (!run.state().over()) {
                resume(run);
            }
        }
    }

    /** Before anybody can ask for a model: a crash may have left half of one. What cannot be deleted only takes room. */
    private void tidyModels(RunRow run) {
        try {
            directory.run(run.id()).keepModels(Set.of());
            if (run.state().over()) {
                tidy(run.id());
                directory.run(run.id()).keepUploads(Set.of());
            }
        } catch (RuntimeException e) {
            LOG.warn("old files of run {} stay: {}", run.id(), e.getMessage());
        }
    }

    private void resume(RunRow run) {
        LiveRun resumed = start(run.id(), run.signature(), () -> file(run));
        LOG.info("run {} goes on", run.id());
        if (run.stopRequested()) {
            resumed.stop();
        }
    }

    private static RunFile file(RunRow run) {
        try {
            return RunFile.parse(run.spec(), run.fileName());
        } catch (InvalidSpecException e) {
            throw new FederationException("this version of it cannot read the run's file: " + e.getMessage(), false, e);
        }
    }

    /**
     * Takes a run in, and starts it. The same key again gives the same run.
     *
     * @param name of the file, for messages
     * @throws RejectedException {@code invalid-spec}, with all problems of the text, or of the coordinator's own rows that it
     *                           names; {@code used-key} if the key came with
     *                           another text; {@code busy} after {@link #close}
     */
    public RunRow submit(String text, String name, Optional<String> idempotencyKey) {
        return submit(text, name, Optional.empty(), idempotencyKey);
    }

    /**
     * The same of a file that its author has signed.
     *
     * @throws RejectedException also {@code bad-request} if the signature does not hold
     */
    public RunRow submit(String text, String name, Optional<FileSignature> signature,
            Optional<String> idempotencyKey) {
        SignedFiles.check(Kind.RUN, text, signature);
        RunFile file;
        try {
            file = RunFile.parse(text, name);
        } catch (InvalidSpecException e) {
            throw RejectedException.invalidSpec(String.valueOf(e.getMessage()),
                    e.problems().stream().map(Problem::toString).toList());
        }
        String id = RunIds.of(file.spec().name());
        starting.lock();
        try {
            if (closed) {
                throw RejectedException.busy("the coordinator is stopping; submit the run again later",
                        Duration.ofSeconds(5));
            }
            if (idempotencyKey.flatMap(table::submittedWith).isEmpty()) {
                own.take(id, file.spec(), name);
            }
            RunRow run = table.submit(id, name, text, signature, clock.instant(), idempotencyKey);
            if (run.id().equals(id)) {
                start(id, signature, () -> file);
                LOG.info("run {} was submitted", id);
            } else if (!run.spec().equals(text)) {
                throw new RejectedException(ErrorCode.USED_KEY, "the key was used for the run " + run.id()
                        + ", whose file was another; a new run needs a new key");
            }
            return run;
        } finally {
            starting.unlock();
        }
    }

    /** Leaves of a run what counts, whatever broke off, and the model that somebody may be fetching. */
    private void tidy(String id) {
        directory.run(id).clearFetched();
        store.mend(id);
    }

    private LiveRun start(String id, Optional<FileSignature> signature, Supplier<RunFile> file) {
        LiveRun run = new LiveRun(id, () -> attempt(id, signature, file.get()), store, directory.diskFull(),
                new Tries(PAUSE, () -> store.rounds(id)), () -> live.remove(id));
        live.put(id, run);
        run.start();
        return run;
    }

    private LiveRun.Attempt attempt(String id, Optional<FileSignature> signature, RunFile file) {
        tidy(id);
        RemoteFleet fleet = new RemoteFleet(id, file.spec().data().set(),
                new Introduction(Optional.of(file.spec().terms()),
                        signature.map(known -> new SignedFile(file.text(), known))),
                nodes,
                board, tasks, directory.run(id),
                lack -> store.append(id, new RunEvent.Waiting(lack.wanted(), lack.serving(), lack.text())));
        RunLoop loop = new RunLoop(id, file.spec(), fleet, store, clock, own.of(id, file.spec()));
        return new LiveRun.Attempt(loop, fleet::stopWaiting, () -> fleet.waitsFor().or(loop::waitsFor));
    }

    /** What the run waits for now, for people. */
    Optional<String> waitsFor(String id) {
        LiveRun run = live.get(id);
        if (run == null) {
            return Optional.empty();
        }
        // Nodes are turned away then, also while the run itself has nothing to write and does not notice.
        return directory.diskFull().now() ? Optional.of(NO_ROOM) : run.waitsFor();
    }

    /**
     * Ends a run after the round at hand; one that is over stays as it is.
     *
     * @throws RejectedException if there is no such run
     */
    public void stop(String id) {
        RunState state = get(id).state();
        if (!state.over()) {
            table.requestStop(id, clock.instant());
            Optional.ofNullable(live.get(id)).ifPresent(LiveRun::stop);
        }
    }

    /**
     * The run.
     *
     * @throws RejectedException if there is no such run
     */
    public RunRow get(String id) {
        return table.find(id)
                .orElseThrow(() -> new RejectedException(ErrorCode.NOT_FOUND, "there is no run " + id
                        + (table.isSurvey(id) ? "; it is a survey, which ends by itself ('hansa runs show " + id
                                + "' shows it)" : "")));
    }

    /** Pauses all runs; each goes on later where it was. No more are taken in. An interrupt does not cut it short. */
    @Override
    public void close() {
        starting.lock();
        try {
            closed = true;
        } finally {
            starting.unlock();
        }
        List<LiveRun> paused = List.copyOf(live.values());
        paused.forEach(LiveRun::interrupt);
        paused.forEach(run -> run.join(PATIENCE));
    }
}
