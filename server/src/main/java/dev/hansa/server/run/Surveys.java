package dev.hansa.server.run;

import dev.hansa.core.coordinator.SurveyLoop;
import dev.hansa.core.coordinator.SurveyLoop.Outcome;
import dev.hansa.core.coordinator.SurveyMandate;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.RunState;
import dev.hansa.server.api.SurveyView;
import dev.hansa.server.fleet.Introduction;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.RemoteFleet;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.store.SurveyRow;
import dev.hansa.server.store.SurveyTable;
import dev.hansa.server.store.TaskStore;
import dev.hansa.spec.SurveyFile;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All surveys, each in a thread of its own while it is under way. Safe for several threads.
 *
 * <p>A survey that a process could not end is gone on with by the next: what nodes had answered is counted, the others are asked the
 * same again. Noise that the coordinator adds is new then, and what it added before was shown to nobody.
 */
public final class Surveys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Surveys.class);
    /** At once; more are turned away. */
    private static final int MOST = 16;

    private final SurveyTable table;
    private final DataDirectory directory;
    private final Nodes nodes;
    private final TaskBoard board;
    private final TaskStore tasks;
    private final Clock clock;
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private boolean closed;

    /** One that is under way. */
    private record Live(Thread thread, CountDownLatch over) {}

    public Surveys(SurveyTable table, DataDirectory directory, Nodes nodes, TaskBoard board, TaskStore tasks,
            Clock clock) {
        this.table = table;
        this.directory = directory;
        this.nodes = nodes;
        this.board = board;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Whether nodes are asked. */
    public boolean underWay() {
        return !live.isEmpty();
    }

    /** Goes on with all that are not over. */
    public synchronized void resume() {
        table.open().forEach(this::start);
    }

    /**
     * Takes a survey in, and asks. The same key again gives the same survey.
     *
     * @param name of the file, for messages
     * @param signature of the text by its author; empty if nobody has signed it
     * @throws RejectedException {@code bad-request} if the signature does not hold; {@code invalid-spec}, with all problems
     *                           of the text; {@code used-key} if the key came with
     *                           something else; {@code busy} if there are too many, or after {@link #close}
     */
    public synchronized SurveyView submit(String text, String name, Optional<FileSignature> signature,
            Optional<String> key) {
        SignedFiles.check(Kind.STATISTICS, text, signature);
        SurveyFile file;
        try {
            file = SurveyFile.parse(text, name);
        } catch (InvalidSpecException e) {
            throw RejectedException.invalidSpec(String.valueOf(e.getMessage()),
                    e.problems().stream().map(Problem::toString).toList());
        }
        if (closed || live.size() >= MOST) {
            throw RejectedException.busy(
                    "the coordinator is stopping, or has " + MOST + " surveys under way; ask later",
                    Duration.ofSeconds(5));
        }
        String id = RunIds.of(file.survey().name());
        SurveyRow row = table.submit(id, name, text, signature, clock.instant(), key)
                .filter(known -> known.text().equals(text))
                .orElseThrow(() -> new RejectedException(ErrorCode.USED_KEY,
                        "the key was used for something else; a new survey needs a new key"));
        if (row.id().equals(id)) {
            LOG.info("survey {} was submitted", id);
            start(row);
        }
        return view(row);
    }

    private void start(SurveyRow row) {
        CountDownLatch over = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().name("hansa-survey-" + row.id()).unstarted(() -> {
            try {
                run(row);
            } finally {
                live.remove(row.id());
                over.countDown();
            }
        });
        live.put(row.id(), new Live(thread, over));
        thread.start();
    }

    private void run(SurveyRow row) {
        try {
            SurveyFile file = SurveyFile.parse(row.text(), row.fileName());
            RemoteFleet fleet = new RemoteFleet(row.id(), file.survey().data().set(),
                    new Introduction(Optional.of(new SurveyMandate(file.survey()).terms()),
                            row.signature().map(known -> new SignedFile(row.text(), known))),
                    nodes, board, tasks, directory.run(row.id()), lack -> {});
            Outcome outcome = new SurveyLoop(row.id(), file.survey(), fleet, NoiseSource.SECRET).run();
            table.end(row.id(), outcome.answer().isPresent() ? RunState.FINISHED : RunState.FAILED, outcome.reason(),
                    Optional.of(Json.mapper().writeValueAsString(outcome)), clock.instant());
            fleet.release();
            LOG.info("survey {} is over{}", row.id(), outcome.reason().isEmpty() ? "" : ": " + outcome.reason());
        } catch (InterruptedException e) {
            LOG.info("survey {} pauses until the coordinator starts again", row.id());
        } catch (RuntimeException e) {
            LOG.error("survey {} failed", row.id(), e);
            fail(row.id(), e);
        }
    }

    private void fail(String id, RuntimeException problem) {
        try {
            table.end(id, RunState.FAILED, "the coordinator failed: " + problem.getMessage(), Optional.empty(),
                    clock.instant());
        } catch (RuntimeException e) {
            LOG.error("the end of survey {} cannot be written; it goes on when the coordinator starts again", id, e);
        }
    }

    /**
     * The survey, once it is over or the time is.
     *
     * @throws RejectedException if there is no such survey
     */
    public SurveyView await(String id, Duration wait) throws InterruptedException {
        Live waited = live.get(id);
        if (waited != null && !waited.over.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("survey {} goes on", id);
        }
        return view(table.find(id)
                .orElseThrow(() -> new RejectedException(ErrorCode.NOT_FOUND, "there is no survey " + id)));
    }

    private static SurveyView view(SurveyRow row) {
        return new SurveyView(row.id(), row.state(), row.submitted(), row.ended(), row.reason(),
                row.outcome().map(json -> Json.mapper().readValue(json, Outcome.class)),
                row.signature().map(signature -> signature.author().text()));
    }

    /** Pauses all; each goes on when the coordinator starts again. */
    @Override
    public void close() {
        List<Live> paused;
        synchronized (this) {
            closed = true;
            paused = List.copyOf(live.values());
        }
        paused.forEach(one -> one.thread.interrupt());
        for (Live one : paused) {
            try {
                if (!one.over.await(30, TimeUnit.SECONDS)) {
                    LOG.warn("{} did not end in 30 seconds", one.thread.getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
