package dev.hansa.server.fleet;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.safetensors.BlobFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
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
import org.jspecify.annotations.Nullable;

/**
 * The nodes that serve one run's data set. One thread asks.
 *
 * <p>Models and updates are files here: memory does not grow with the cohort.
 */
public final class RemoteFleet implements Fleet {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String dataSet;
    private final Nodes nodes;
    private final TaskBoard board;
    private final BlobFolder models;
    private final Path spool;
    private final Consumer<Shortage> lack;
    private volatile boolean over;
    private volatile Optional<Supplier<String>> waitsFor = Optional.empty();
    private @Nullable Kept last;
    private String told = "";

    /**
     * @param models of this run alone
     * @param spool  a folder of this run alone
     * @param lack   is told when nodes are there that do not serve the data set, and others are waited for; again when
     *               that changes
     */
    public RemoteFleet(String dataSet, Nodes nodes, TaskBoard board, BlobFolder models, Path spool,
            Consumer<Shortage> lack) {
        this.dataSet = dataSet;
        this.nodes = nodes;
        this.board = board;
        this.models = models;
        this.spool = spool;
        this.lack = lack;
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
        return waitsFor.map(Supplier::get);
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
    public void ask(SortedMap<String, Task> tasks, Duration deadline, Answers answers) throws InterruptedException {
        List<OpenTask> asked = new ArrayList<>();
        // Most nodes are asked with the same object, whose values need not be compared for each.
        IdentityHashMap<Parameters, OpenTask.Model> files = new IdentityHashMap<>();
        tasks.forEach((node, task) -> asked.add(openTask(node, task, answers, files)));
        List<OpenTask> reported = new ArrayList<>();
        try {
            board.open(asked);
            tasks.keySet().stream().filter(nodes::gone).forEach(board::abandon);
            try {
                board.await(asked, deadline);
            } finally {
                board.close(asked, reported::add);
            }
            for (OpenTask task : reported) {
                answers.count(task.node(), Objects.requireNonNull(task.report));
            }
        } finally {
            asked.forEach(OpenTask::discard);
        }
    }

    private OpenTask openTask(String node, Task task, Answers answers,
            IdentityHashMap<Parameters, OpenTask.Model> files) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        Optional<OpenTask.Model> model = switch (task) {
            case Task.Describe describe -> Optional.empty();
            case Task.Fit fit -> Optional.of(files.computeIfAbsent(fit.parameters(), this::model));
            case Task.Evaluate evaluate -> Optional.of(files.computeIfAbsent(evaluate.parameters(), this::model));
        };
        dev.hansa.wire.proto.Task message = TaskCodec.encode(id, task, parameters -> model.orElseThrow().blob());
        return new OpenTask(id, node, task, message, model, spool.resolve(id), answers);
    }

    /** The model's file. Only the last one is kept: what is evaluated is what the next round trains. */
    private OpenTask.Model model(Parameters parameters) {
        Kept kept = last;
        if (kept == null || !kept.parameters.equals(parameters)) {
            BlobRef blob = models.write(parameters);
            if (kept != null && !kept.blob.equals(blob)) {
                models.delete(kept.blob.sha256());
            }
            kept = new Kept(parameters, blob);
            last = kept;
        }
        return new OpenTask.Model(kept.blob, models.path(kept.blob.sha256()));
    }

    private record Kept(Parameters parameters, BlobRef blob) {}
}
