package dev.hansa.server.fleet;

import dev.hansa.core.coordinator.Fleet.Asked;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.server.store.RunFolder;
import dev.hansa.server.store.TaskRow;
import dev.hansa.server.store.TaskStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What was asked for a run and is not done with: by an earlier process, until it is asked again, and by any, until its
 * answers are safe elsewhere or not wanted. For one thread.
 */
final class AskedBefore {
    private final TaskStore table;
    private final RunFolder folder;
    /** What an earlier process asked, until it is asked again. */
    private final List<TaskRow> earlier;
    /** What was asked, by whatever process, and may have its answers on the disk. */
    private final Set<String> unreleased = new HashSet<>();

    /** Keeps the files of answers to what an earlier process asked, and no others. */
    AskedBefore(String run, TaskStore table, RunFolder folder) {
        this.table = table;
        this.folder = folder;
        this.earlier = new ArrayList<>(table.of(run));
        earlier.forEach(row -> unreleased.add(row.id()));
        folder.keepUploads(earlier.stream().map(TaskRow::id).collect(Collectors.toSet()));
    }

    /** The last attempt at the question of an earlier process, with those it asked. */
    Optional<Asked> asked(int round, Phase phase) {
        List<TaskRow> rows = earlier.stream()
                .filter(row -> row.question().round() == round && row.question().phase() == phase).toList();
        return rows.stream().map(row -> row.question().attempt()).max(Comparator.naturalOrder()).map(
                attempt -> new Asked(attempt, new TreeSet<>(rows.stream().map(TaskRow::node).toList())));
    }

    /** All that an earlier process asked. */
    List<Sent> sent() {
        return earlier.stream().map(row -> new Sent(row.question(), row.node())).toList();
    }

    /** The row of the same question to the node, which is asked again now; a description is one whatever the attempt. */
    Optional<TaskRow> take(Question question, String node) {
        Optional<TaskRow> found = earlier.stream()
                .filter(row -> row.question().round() == question.round()
                        && row.question().phase() == question.phase() && row.node().equals(node)
                        && (row.question().attempt() == question.attempt() || question.phase() == Phase.DESCRIBE))
                .findFirst();
        found.ifPresent(earlier::remove);
        return found;
    }

    /** These are asked now, and their rows written. */
    void add(List<OpenTask> asked) {
        asked.forEach(task -> unreleased.add(task.id()));
    }

    /** Their files may go once it is durable that another attempt has begun: until then a crash goes on with them. */
    void forgetOthersThan(List<OpenTask> asked) {
        unreleased.removeIf(id -> asked.stream().anyMatch(task -> task.id().equals(id)));
        earlier.clear();
        if (!unreleased.isEmpty()) {
            table.forget(List.copyOf(unreleased));
            unreleased.clear();
            folder.keepUploads(asked.stream().map(OpenTask::id).collect(Collectors.toSet()));
        }
    }

    /**
     * Before anything is counted, so that whoever goes on after a crash counts the same: what is evaluated later must be
     * the model of these answers. Without any nothing is counted, and the rows tell which attempt it was.
     */
    void forgetSilent(List<OpenTask> asked, List<OpenTask> reported) {
        Set<OpenTask> answered = new HashSet<>(reported);
        List<String> silent = asked.stream().filter(task -> !answered.contains(task)).map(OpenTask::id).toList();
        if (!reported.isEmpty() && !silent.isEmpty()) {
            table.forget(silent);
        }
    }

    /**
     * The answers so far are safe elsewhere, or not wanted.
     *
     * @param open the ids of what is still asked
     */
    void release(Set<String> open) {
        earlier.clear();
        unreleased.clear();
        folder.keepUploads(open);
    }
}
