package dev.hansa.server.fleet;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Task;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.store.RunFolder;
import dev.hansa.server.store.TaskRow;
import dev.hansa.server.store.TaskStore;
import dev.hansa.wire.message.MalformedMessageException;
import dev.hansa.wire.message.Messages;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.safetensors.SafetensorsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private final AskedBefore before;
    private final KeptModels models;
    private final Path spool;
    private final Errands errands;
    private final Consumer<Shortage> lack;
    private final Supplier<String> ids;
    private volatile boolean over;
    private volatile Optional<Supplier<String>> waitsFor = Optional.empty();
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
        this.spool = folder.spool();
        this.errands = new Errands(board, table);
        this.models = new KeptModels(folder.models(), errands::models);
        this.before = new AskedBefore(run, table, folder);
    }

    @Override
    public SortedSet<String> available() {
        return nodes.present(dataSet);
    }

    @Override
    public SortedSet<String> await(int clients, Set<String> excluded) throws InterruptedException {
        Set<String> others = Set.copyOf(excluded);
        told = shortage(clients, others);
        waitsFor = Optional.of(() -> nodes.shortage(dataSet, clients, others).text());
        try {
            return nodes.await(dataSet, clients, others, () -> over, this::tell);
        } finally {
            waitsFor = Optional.empty();
        }
    }

    @Override
    public String shortage(int clients, Set<String> excluded) {
        return nodes.shortage(dataSet, clients, excluded).text();
    }

    private void tell(Shortage shortage) {
        if (!shortage.text().equals(told) && !shortage.others().isEmpty()) {
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
        return before.asked(round, phase);
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
            Optional<TaskRow> earlier = before.take(question, node);
            TaskRow row = earlier.orElseGet(() -> new TaskRow(ids.get(), question, node, Optional.empty()));
            OpenTask open = openTask(row.id(), node, task, countdown, answers, files);
            row.report().ifPresent(report -> restore(open, report));
            asked.add(open);
            if (earlier.isEmpty()) {
                rows.add(row);
            }
        });
        table.open(run, rows);
        if (question.phase() == Phase.FIT && !rows.isEmpty()) {
            before.forgetOthersThan(asked);
        }
        before.add(asked);
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
            before.forgetSilent(asked, reported);
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
        return before.sent();
    }

    @Override
    public void send(Sent sent, Task task, Duration deadline) {
        Optional<TaskRow> earlier = before.take(sent.question(), sent.client());
        TaskRow row = earlier.orElseGet(() -> new TaskRow(ids.get(), sent.question(), sent.client(), Optional.empty()));
        OpenTask open = openTask(row.id(), sent.client(), task, board.countdown(deadline), errands.answers(row.id()),
                new IdentityHashMap<>());
        row.report().ifPresent(report -> restore(open, report));
        if (earlier.isEmpty()) {
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
        before.release(errands.ids());
    }

    // ---- tasks

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
            case Task.Fit fit -> Optional.of(files.computeIfAbsent(fit.parameters(), models::file));
            case Task.Evaluate evaluate -> Optional.of(files.computeIfAbsent(evaluate.parameters(), models::file));
            case Task.Personalise personalise ->
                    Optional.of(files.computeIfAbsent(personalise.parameters(), models::file));
        };
        dev.hansa.wire.proto.Task asked = TaskCodec.encode(id, task, parameters -> model.orElseThrow().blob());
        return new OpenTask(id, node, task, introduction.with(asked), model, spool, countdown, answers);
    }
}
