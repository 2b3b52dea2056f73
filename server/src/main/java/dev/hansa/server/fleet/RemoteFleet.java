package dev.hansa.server.fleet;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Task;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.store.RunFolder;
import dev.hansa.server.store.TaskRow;
import dev.hansa.server.store.TaskStore;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.MalformedMessageException;
import dev.hansa.wire.message.Messages;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.safetensors.BlobFolder;
import dev.hansa.wire.safetensors.SafetensorsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that serve one run's data set. One thread asks.
 *
 * <p>Models and updates are files here, so that memory grows little with the cohort: what comes within a report, 64 KiB at
 * most, stays in memory until it is counted.
 */
public final class RemoteFleet implements Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteFleet.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String dataSet;
    private final Introduction introduction;
    private final Nodes nodes;
    private final TaskBoard board;
    private final String run;
    private final TaskStore table;
    private final RunFolder folder;
    private final BlobFolder models;
    private final Path spool;
    /** What an earlier process asked, until it is asked again. */
    private final List<TaskRow> earlier;
    /** What was asked, by whatever process, and may have its answers on the disk. */
    private final Set<String> unreleased = new HashSet<>();
    private final Errands errands;
    private final Consumer<Shortage> lack;
    private final Supplier<String> ids;
    private volatile boolean over;
    private volatile Optional<Supplier<String>> waitsFor = Optional.empty();
    private @Nullable Kept last;
    /** The models whose files there are. */
    private final Set<Sha256> written = new HashSet<>();
    private String told = "";

    /**
     * Goes on with what an earlier process asked for the run.
     *
     * @param introduction that nodes are told with each task
     * @param lack is told when nodes are there that do not serve the data set, and others are waited for; again when
     *             that changes
     */
    public RemoteFleet(String run, String dataSet, Introduction introduction, Nodes nodes, TaskBoard board,
            TaskStore table,
            RunFolder folder,
            Consumer<Shortage> lack) {
        this(run, dataSet, introduction, nodes, board, table, folder, lack, RemoteFleet::newId);
    }

    /** @param ids never gives the same again */
    RemoteFleet(String run, String dataSet, Introduction introduction, Nodes nodes, TaskBoard board, TaskStore table,
            RunFolder folder,
            Consumer<Shortage> lack, Supplier<String> ids) {
        this.run = run;
        this.dataSet = dataSet;
        this.introduction = introduction;
        this.nodes = nodes;
        this.board = board;
        this.lack = lack;
        this.ids = ids;
        this.table = table;
        this.folder = folder;
        this.models = folder.models();
        this.spool = folder.spool();
        this.errands = new Errands(board, table);
        this.earlier = new ArrayList<>(table.of(run));
        earlier.forEach(row -> unreleased.add(row.id()));
        folder.keepUploads(earlier.stream().map(TaskRow::id).collect(Collectors.toSet()));
    }

    @Override
    public SortedSet<String> available() {
        return nodes.present(dataSet);
    }

    @Override
    public SortedSet<String> await(int clients, Set<String> excluded) throws InterruptedException {
        told = "";
        Set<String> others = Set.copyOf(excluded);
        waitsFor = Optional.of(() -> nodes.shortage(dataSet, clients, others).text());
        try {
            return nodes.await(dataSet, clients, others, () -> over, this::tell);
        } finally {
            waitsFor = Optional.empty();
        }
    }

    private void tell(Shortage shortage) {
        boolean changed = !shortage.text().equals(told) && !(told.isEmpty() && shortage.others().isEmpty());
        if (changed) {
            told = shortage.text();
            lack.accept(shortage);
        }
    }

    /** What is waited for now, for people; from any thread. */
    public Optional<String> waitsFor() {
        return waitsFor.map(Supplier::get).filter(text -> !text.isEmpty());
    }

    @Override
    public void awaitReturn(Set<String> clients, Duration patience) throws InterruptedException {
        Set<String> wanted = new TreeSet<>(clients);
        waitsFor = Optional.of(() -> "the nodes of the last round to come back: " + String.join(", ", wanted));
        try {
            nodes.awaitAll(dataSet, wanted, patience, () -> over);
        } finally {
            waitsFor = Optional.empty();
        }
    }

    /** Nobody is waited for any more; from any thread. */
    public void stopWaiting() {
        over = true;
        nodes.wake();
    }

    @Override
    public Optional<Asked> asked(int round, Phase phase) {
        List<TaskRow> rows = earlier.stream()
                .filter(row -> row.question().round() == round && row.question().phase() == phase).toList();
        return rows.stream().map(row -> row.question().attempt()).max(Comparator.naturalOrder()).map(
                attempt -> new Asked(attempt, new TreeSet<>(rows.stream().map(TaskRow::node).toList())));
    }

    @Override
    public void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
            throws InterruptedException {
        List<OpenTask> asked = new ArrayList<>();
        Countdown countdown = board.countdown(patience.deadline());
        // Most nodes are asked with the same object, whose values need not be compared for each.
        IdentityHashMap<Parameters, OpenTask.Model> files = new IdentityHashMap<>();
        List<TaskRow> rows = new ArrayList<>();
        tasks.forEach((node, task) -> {
            Optional<TaskRow> before = takeEarlier(question, node);
            TaskRow row = before.orElseGet(() -> new TaskRow(ids.get(), question, node, Optional.empty()));
            OpenTask open = openTask(row.id(), node, task, countdown, answers, files);
            row.report().ifPresent(report -> restore(open, report));
            asked.add(open);
            if (before.isEmpty()) {
                rows.add(row);
            }
        });
        table.open(run, rows);
        if (question.phase() == Phase.FIT && !rows.isEmpty()) {
            forgetOtherAttempts(asked);
        }
        asked.forEach(task -> unreleased.add(task.id()));
        List<OpenTask> reported = new ArrayList<>();
        try {
            board.open(asked);
            tasks.keySet().stream().filter(nodes::gone).forEach(board::abandon);
            Instant end = nodes.now().plus(patience.deadline());
            waitsFor = Optional.of(() -> Silence.text(nodes.absent(board.unanswered(asked)), end));
            try {
                board.await(asked, countdown, patience.enough());
            } catch (InterruptedException e) { // this process ends, the questions do not
                board.suspend(asked);
                throw e;
            } finally {
                waitsFor = Optional.empty();
            }
            board.close(asked, reported::add);
            forgetSilent(asked, reported);
            for (OpenTask task : reported) {
                answers.count(task.node(), Objects.requireNonNull(task.report));
            }
        } finally {
            asked.forEach(OpenTask::end);
        }
    }

    // ---- asking one by one

    @Override
    public List<Sent> sent() {
        return earlier.stream().map(row -> new Sent(row.question(), row.node())).toList();
    }

    @Override
    public void send(Sent sent, Task task, Duration deadline) {
        Optional<TaskRow> before = takeEarlier(sent.question(), sent.client());
        TaskRow row = before.orElseGet(() -> new TaskRow(ids.get(), sent.question(), sent.client(), Optional.empty()));
        OpenTask open = openTask(row.id(), sent.client(), task, board.countdown(deadline), errands.answers(row.id()),
                new IdentityHashMap<>());
        row.report().ifPresent(report -> restore(open, report));
        if (before.isEmpty()) {
            table.add(run, row);
        }
        errands.open(sent, open);
        if (nodes.gone(sent.client())) {
            board.abandon(sent.client());
        }
    }

    @Override
    public Optional<Answer> take() throws InterruptedException {
        List<OpenTask> asked = errands.tasks();
        Instant end = nodes.now().plus(Duration.ofNanos(
                asked.stream().mapToLong(task -> task.countdown().leftNanos()).max().orElse(0)));
        waitsFor = Optional.of(() -> Silence.text(nodes.absent(board.unanswered(asked)), end));
        try {
            return errands.take();
        } finally {
            waitsFor = Optional.empty();
        }
    }

    @Override
    public void withdraw(Phase phase) {
        errands.withdraw(phase);
    }

    @Override
    public void suspend() {
        errands.suspend();
    }

    // ---- what is over

    @Override
    public void release() {
        earlier.clear();
        unreleased.clear();
        folder.keepUploads(errands.ids());
    }

    /**
     * Before anything is counted, so that whoever goes on after a crash counts the same: what is evaluated later must be
     * the model of these answers. Without any nothing is counted, and the rows tell which attempt it was.
     */
    private void forgetSilent(List<OpenTask> asked, List<OpenTask> reported) {
        Set<OpenTask> answered = new HashSet<>(reported);
        List<String> silent = asked.stream().filter(task -> !answered.contains(task)).map(OpenTask::id).toList();
        if (!reported.isEmpty() && !silent.isEmpty()) {
            table.forget(silent);
        }
    }

    /** Their files may go once it is durable that another attempt has begun: until then a crash goes on with them. */
    private void forgetOtherAttempts(List<OpenTask> asked) {
        unreleased.removeIf(id -> asked.stream().anyMatch(task -> task.id().equals(id)));
        earlier.clear();
        if (!unreleased.isEmpty()) {
            table.forget(List.copyOf(unreleased));
            unreleased.clear();
            folder.keepUploads(asked.stream().map(OpenTask::id).collect(Collectors.toSet()));
        }
    }

    private Optional<TaskRow> takeEarlier(Question question, String node) {
        Optional<TaskRow> found = earlier.stream()
                .filter(row -> row.question().round() == question.round()
                        && row.question().phase() == question.phase() && row.node().equals(node)
                        && (row.question().attempt() == question.attempt() || question.phase() == Phase.DESCRIBE))
                .findFirst();
        found.ifPresent(earlier::remove);
        return found;
    }

    private static void restore(OpenTask task, byte[] report) {
        try {
            Intake.restore(task, Messages.parse(dev.hansa.wire.proto.Report.parser(), report));
        } catch (RejectedException | MalformedMessageException | SafetensorsException e) {
            LOG.warn("the report of {} on task {} is damaged on this disk and is asked for again: {}", task.node(),
                    task.id(), e.getMessage());
        }
    }

    private static String newId() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private OpenTask openTask(String id, String node, Task task, Countdown countdown, Answers answers,
            IdentityHashMap<Parameters, OpenTask.Model> files) {
        Optional<OpenTask.Model> model = switch (task) {
            case Task.Describe describe -> Optional.empty();
            case Task.Statistics statistics -> Optional.empty();
            case Task.Fit fit -> Optional.of(files.computeIfAbsent(fit.parameters(), this::model));
            case Task.Evaluate evaluate -> Optional.of(files.computeIfAbsent(evaluate.parameters(), this::model));
            case Task.Personalise personalise ->
                    Optional.of(files.computeIfAbsent(personalise.parameters(), this::model));
        };
        dev.hansa.wire.proto.Task asked = TaskCodec.encode(id, task, parameters -> model.orElseThrow().blob());
        return new OpenTask(id, node, task, introduction.with(asked), model, spool, countdown, answers);
    }

    /** The model's file. Only the last is kept, for what is evaluated is what the next round trains, and what errands need. */
    private OpenTask.Model model(Parameters parameters) {
        Kept kept = last;
        if (kept == null || !kept.parameters.equals(parameters)) {
            kept = new Kept(parameters, models.writeForNow(parameters));
            last = kept;
            written.add(kept.blob.sha256());
        }
        deleteOldModels(kept.blob.sha256());
        return new OpenTask.Model(kept.blob, models.path(kept.blob.sha256()));
    }

    private void deleteOldModels(Sha256 newest) {
        if (written.size() > 1) {
            Set<Sha256> wanted = errands.models();
            wanted.add(newest);
            written.removeIf(model -> {
                boolean old = !wanted.contains(model);
                if (old) {
                    models.delete(model);
                }
                return old;
            });
        }
    }

    private record Kept(Parameters parameters, BlobRef blob) {}
}
