package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import dev.hansa.server.store.TaskRow;
import dev.hansa.wire.message.BlobCodec;
import dev.hansa.wire.message.ReportCodec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Sees that an answer that was acknowledged is kept until it is counted, is counted, and is not asked for again; and that a
 * task is always the same.
 */
final class AnswerWitness {
    private final Asked asked;
    /** What nodes were told when they were given it. */
    private final Map<String, dev.hansa.wire.proto.Task> given = new HashMap<>();
    /** What nodes were told, or could have been told, that it is safe. */
    private final Map<String, Report> acknowledged = new LinkedHashMap<>();
    /** Of these the ones that are not in a checkpoint yet and may be wanted, with the files they need in the spool. */
    private final Map<String, Optional<String>> owed = new LinkedHashMap<>();
    /** Who was counted when the asking was over, and is not being asked again. */
    private final Map<Question, SortedSet<String>> counted = new HashMap<>();
    /** Who is being asked, or was when the last life ended. */
    private final Map<Question, SortedSet<String>> waiting = new HashMap<>();
    private int commits;

    AnswerWitness(Asked asked) {
        this.asked = asked;
    }

    /** The task is about to be written down. */
    void asks(TaskRow task) {
        owed.keySet().removeIf(id -> isReplaced(asked.of(id), task));
        acknowledged.forEach((id, report) -> {
            TaskRow before = asked.of(id);
            boolean same = before.question().equals(task.question()) || report instanceof Report.Described
                    && task.question().phase() == Phase.DESCRIBE;
            assertThat(same && before.node().equals(task.node())).as("%s of %s is asked for again as %s",
                    Asked.name(id), task.node(), Asked.name(task.id())).isFalse();
            boolean sameRound = before.question().round() == task.question().round()
                    && before.question().phase() == task.question().phase();
            assertThat(sameRound && !before.question().equals(task.question()) && !isCounted(before))
                    .as("%s was acknowledged and is forgotten for another attempt", Asked.name(id)).isFalse();
        });
    }

    /** In another attempt at the round, or because the answer was that the node could not. */
    private static boolean isReplaced(TaskRow before, TaskRow task) {
        boolean sameAttempt = before.question().attempt() == task.question().attempt();
        return before.question().phase() == task.question().phase()
                && (before.node().equals(task.node()) || !sameAttempt && task.question().phase() != Phase.DESCRIBE);
    }

    /** Nobody waits for the answers to these tasks any more: what was acknowledged of them is counted, in vain perhaps. */
    void forgets(List<String> ids) {
        ids.stream().filter(acknowledged::containsKey).map(asked::of).forEach(task -> assertThat(isCounted(task))
                .as("%s was acknowledged, is not counted, and is forgotten", Asked.name(task.id())).isTrue());
        owed.keySet().removeAll(ids);
    }

    /** The run is over, and nothing is wanted any more. */
    void ends() {
        owed.clear();
    }

    /** After each step that changes what is on the disk: what nodes may rely on is there. */
    void requireOwed(List<TaskRow> rows, Supplier<List<String>> spool) {
        owed.keySet().forEach(id -> assertThat(rows.stream()
                .anyMatch(row -> row.id().equals(id) && row.report().isPresent()))
                .as("%s, which was acknowledged and is not counted yet, is on the disk", Asked.name(id)).isTrue());
        List<String> updates = owed.values().stream().flatMap(Optional::stream).toList();
        if (!updates.isEmpty()) {
            assertThat(spool.get()).as("updates that were acknowledged and are not counted yet").containsAll(updates);
        }
    }

    private boolean isCounted(TaskRow task) {
        return nodes(counted, task.question()).contains(task.node());
    }

    /** The answers of a roll call add up over its attempts. */
    private static SortedSet<String> nodes(Map<Question, SortedSet<String>> map, Question question) {
        Question key = question.phase() == Phase.DESCRIBE ? new Question(0, Phase.DESCRIBE, 1) : question;
        return map.computeIfAbsent(key, none -> new TreeSet<>());
    }

    /** A node is told to perform the task. */
    void gives(String id, dev.hansa.wire.proto.Task task) {
        assertThat(acknowledged.containsKey(id)).as("%s was acknowledged, and is given again", Asked.name(id))
                .isFalse();
        dev.hansa.wire.proto.Task same = withoutTime(task);
        dev.hansa.wire.proto.Task before = given.putIfAbsent(id, same);
        assertThat(before == null || before.equals(same)).as("%s is always the same", Asked.name(id)).isTrue();
    }

    /** Of which there is less each time. */
    private static dev.hansa.wire.proto.Task withoutTime(dev.hansa.wire.proto.Task task) {
        return task.getFit().hasTimeLeftMillis()
                ? task.toBuilder().setFit(task.getFit().toBuilder().clearTimeLeftMillis()).build() : task;
    }

    /** A node is told that its report is safe. */
    void acknowledges(String id, dev.hansa.wire.proto.Report message) {
        TaskRow task = asked.of(id);
        Report report = ReportCodec.decode(message, blob -> Parameters.zeros(new Layout(List.of())));
        if (acknowledged.putIfAbsent(id, report) == null) {
            assertThat(isCounted(task) || nodes(waiting, task.question()).contains(task.node()))
                    .as("%s, which was acknowledged, is counted or will be", Asked.name(id)).isTrue();
            if (task.question().round() >= commits || task.question().phase() == Phase.PERSONALISE) {
                boolean uploaded = report instanceof Report.Fitted && message.getContent().isEmpty();
                owed.put(id, uploaded ? Optional.of(id + "-" + BlobCodec.decode(message.getFitted().getDifference())
                        .sha256().hex()) : Optional.empty());
            }
        }
    }

    /** The run is told that the answer to the task came too late. */
    void hearsLate(String id) {
        assertThat(acknowledged.containsKey(id)).as("%s, whose answer came too late, was acknowledged", Asked.name(id))
                .isFalse();
    }

    /** Somebody begins to wait for answers. */
    void waits(Question question, Set<String> nodes) {
        nodes(waiting, question).addAll(nodes);
        nodes(counted, question).removeAll(nodes); // of an earlier life, or before trouble with the disk
    }

    /** All answers were counted, each of which must be among the rows. */
    void counted(Question question, Set<String> answered, List<TaskRow> rows) {
        nodes(waiting, question).clear();
        nodes(counted, question).addAll(answered);
        acknowledged.keySet().stream().map(asked::of).filter(task -> task.question().equals(question))
                .forEach(task -> assertThat(isCounted(task)).as("%s was acknowledged, and is not counted",
                        Asked.name(task.id())).isTrue());
        answered.forEach(node -> assertThat(rows).as("what is counted of " + node + " is on the disk")
                .anyMatch(row -> row.node().equals(node) && row.question().phase() == question.phase()
                        && row.question().round() == question.round() && row.report().isPresent()));
    }

    /** The round is about to be committed. */
    void commits(int round) {
        commits = round + 1;
        owed.keySet().removeIf(id -> asked.of(id).question().round() <= round);
    }
}
