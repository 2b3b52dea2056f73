package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import dev.hansa.server.store.TaskRow;
import dev.hansa.wire.message.BlobCodec;
import dev.hansa.wire.message.ReportCodec;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sees that an answer that was acknowledged is kept until it is counted, is counted, and is not asked for again; and that a
 * task is always the same. When it is counted depends on how it was asked for: with others, or alone.
 */
abstract sealed class AnswerWitness permits QuestionWitness, ErrandWitness {
    /** By all that are asked. */
    protected final Asked asked;
    /** What nodes were told when they were given it. */
    private final Map<String, dev.hansa.wire.proto.Task> given = new HashMap<>();
    /** What nodes were told, or could have been told, that it is safe. */
    private final Map<String, Report> acknowledged = new LinkedHashMap<>();
    /** Of these the ones that are not in a checkpoint yet and may be wanted, with the files they need in the spool. */
    private final Map<String, Optional<String>> owed = new LinkedHashMap<>();

    AnswerWitness(Asked asked) {
        this.asked = asked;
    }

    /** The task is about to be written down. */
    abstract void asks(TaskRow task);

    /** Nobody waits for the answer to the task any more: if it was acknowledged it is counted, in vain perhaps. */
    abstract void forgets(String id);

    /** Whether the answer to the task is counted, or somebody waits for it. */
    abstract boolean isExpected(TaskRow task);

    /** Whether the answer to the task is in no checkpoint, and may be wanted. */
    abstract boolean isWanted(TaskRow task);

    /** By task, what is safe. */
    protected final Map<String, Report> acknowledged() {
        return Collections.unmodifiableMap(acknowledged);
    }

    /** These are in a checkpoint, or not wanted any more. */
    protected final void settle(Predicate<String> ids) {
        owed.keySet().removeIf(ids);
    }

    /** The run is over, and nothing is wanted any more. */
    final void ends() {
        owed.clear();
    }

    /** After each step that changes what is on the disk: what nodes may rely on is there. */
    final void requireOwed(List<TaskRow> rows, Supplier<List<String>> spool) {
        owed.keySet().forEach(id -> assertThat(rows.stream()
                .anyMatch(row -> row.id().equals(id) && row.report().isPresent()))
                .as("%s, which was acknowledged and is not counted yet, is on the disk", Asked.name(id)).isTrue());
        List<String> updates = owed.values().stream().flatMap(Optional::stream).toList();
        if (!updates.isEmpty()) {
            assertThat(spool.get()).as("updates that were acknowledged and are not counted yet").containsAll(updates);
        }
    }

    /** A node is told to perform the task. */
    final void gives(String id, dev.hansa.wire.proto.Task task) {
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
    final void acknowledges(String id, dev.hansa.wire.proto.Report message) {
        TaskRow task = asked.of(id);
        Report report = ReportCodec.decode(message, blob -> Parameters.zeros(new Layout(List.of())));
        if (acknowledged.putIfAbsent(id, report) == null) {
            assertThat(isExpected(task)).as("%s, which was acknowledged, is counted or will be", Asked.name(id))
                    .isTrue();
            if (isWanted(task)) {
                boolean uploaded = report instanceof Report.Fitted && message.getContent().isEmpty();
                owed.put(id, uploaded ? Optional.of(id + "-" + BlobCodec.decode(message.getFitted().getDifference())
                        .sha256().hex()) : Optional.empty());
            }
        }
    }

    /** The run is told that the answer to the task came too late. */
    final void hearsLate(String id) {
        assertThat(acknowledged.containsKey(id)).as("%s, whose answer came too late, was acknowledged", Asked.name(id))
                .isFalse();
    }
}
