package dev.hansa.server.fleet;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Fleet.Answer;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.protocol.Report;
import dev.hansa.server.store.TaskStore;
import dev.hansa.wire.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What a run has asked of nodes one by one, until it takes the answers. For one thread, but for the answers' coming. */
final class Errands {
    /** Without an answer whoever asks looks after so long whether there are more nodes. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final TaskBoard board;
    private final TaskStore table;
    private final Map<String, Errand> open = new LinkedHashMap<>();
    /** The ids of those that were answered, in the order in which the answers became safe. */
    private final Queue<String> answered = new ConcurrentLinkedQueue<>();

    Errands(TaskBoard board, TaskStore table) {
        this.board = board;
        this.table = table;
    }

    /** Takes the answers to the task that will be {@link #open opened}. */
    Fleet.Answers answers(String id) {
        return new Fleet.Answers() {
            @Override
            public void arrived(String node, Traffic traffic) {
                answered.add(id);
            }

            @Override
            public void count(String node, Report report) {
                throw new IllegalStateException("an answer to an errand is taken");
            }
        };
    }

    /** Asks. */
    void open(Sent sent, OpenTask task) {
        open.put(task.id(), new Errand(sent, task));
        board.open(List.of(task));
    }

    /** The next answer, waited for a moment. */
    Optional<Answer> take() throws InterruptedException {
        Collection<OpenTask> tasks = tasks();
        if (!tasks.isEmpty() && answered.isEmpty() && board.hopeless(tasks).isEmpty()) {
            long patience = tasks.stream().mapToLong(task -> task.countdown().leftNanos()).min().orElse(0);
            board.awaitOne(tasks, Duration.ofNanos(Math.min(patience, LOOK.toNanos())));
        }
        String first = answered.poll();
        if (first != null) {
            return Optional.of(close(first));
        }
        return board.hopeless(tasks).stream().findFirst().map(task -> close(task.id()));
    }

    private Answer close(String id) {
        Errand errand = Objects.requireNonNull(open.remove(id));
        List<Report> reports = new ArrayList<>();
        board.close(List.of(errand.task), task -> reports.add(Objects.requireNonNull(task.report)));
        errand.task.end();
        answered.remove(id); // it may have come at the last moment
        if (reports.isEmpty()) {
            table.forget(List.of(id));
        }
        return new Answer(errand.sent, reports.stream().findFirst(), errand.task.traffic());
    }

    /** Nobody waits for these answers any more. */
    void withdraw(Phase phase) {
        List<OpenTask> over = open.values().stream().filter(errand -> errand.sent.question().phase() == phase)
                .map(errand -> errand.task).toList();
        if (over.isEmpty()) {
            return;
        }
        board.close(over, task -> {});
        List<String> ids = over.stream().map(OpenTask::id).toList();
        ids.forEach(open::remove);
        answered.removeAll(ids);
        over.forEach(OpenTask::end);
        table.forget(ids);
    }

    /** Another asks the same again. */
    void suspend() {
        Collection<OpenTask> tasks = tasks();
        board.suspend(tasks);
        tasks.forEach(OpenTask::end);
        open.clear();
        answered.clear();
    }

    /** What is asked. */
    List<OpenTask> tasks() {
        return open.values().stream().map(errand -> errand.task).toList();
    }

    /** The ids of what is asked. */
    Set<String> ids() {
        return Set.copyOf(open.keySet());
    }

    /** The models that nodes may still fetch. */
    Set<Sha256> models() {
        return open.values().stream().flatMap(errand -> errand.task.model().stream())
                .map(model -> model.blob().sha256()).collect(Collectors.toSet());
    }

    private record Errand(Sent sent, OpenTask task) {}
}
