package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.protocol.Report;
import dev.hansa.server.store.TaskRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Of answers to what single nodes are asked: each life of the coordinator takes each once, until a checkpoint has it, and none
 * after that.
 */
final class ErrandWitness extends AnswerWitness {
    private final Tally tally;
    /** In a checkpoint: what was answered, in vain perhaps. */
    private final Set<String> settled = new HashSet<>();
    /** By any life. */
    private final Set<String> everTaken = new HashSet<>();
    /** Taken by any life, and of no use. */
    private final Set<String> inVain = new HashSet<>();
    /** The tasks that this life may speak of. */
    private final Map<Sent, String> ids = new HashMap<>();
    /** Of an earlier life, until this one asks the same again. */
    private final Set<Sent> earlier = new HashSet<>();
    /** What this life asks. */
    private final Set<Sent> open = new HashSet<>();
    /** What this life has taken and no checkpoint has. */
    private final Set<String> taken = new HashSet<>();
    /** What this life does not want any more. */
    private final Set<String> withdrawn = new HashSet<>();

    ErrandWitness(Asked asked, Tally tally) {
        super(asked);
        this.tally = tally;
    }

    /** A life begins, with what others asked. */
    void begins(List<TaskRow> rows) {
        List.of(ids.keySet(), earlier, open, taken, withdrawn).forEach(Set::clear);
        rows.forEach(row -> ids.put(sent(row), row.id()));
        earlier.addAll(ids.keySet());
    }

    private static Sent sent(TaskRow row) {
        return new Sent(row.question(), row.node());
    }

    private String id(Sent sent) {
        return Objects.requireNonNull(ids.get(sent));
    }

    /** Whether an earlier life has asked the same, and this one has not yet. */
    boolean isAsked(Sent sent) {
        return earlier.contains(sent);
    }

    @Override
    void asks(TaskRow task) {
        acknowledged().keySet().stream().filter(id -> isAnsweredBy(asked.of(id), task)).forEach(id -> assertThat(
                settled.contains(id) || inVain.contains(id)).as("%s of %s was of use, and is asked for again as %s",
                        Asked.name(id), task.node(), Asked.name(task.id()))
                .isTrue());
        settle(id -> isAnsweredBy(asked.of(id), task)
                && asked.of(id).question().round() == task.question().round());
        ids.put(sent(task), task.id());
    }

    /** Whether the answer to the one, if it is of use, makes the other needless: a node trains one model at a time. */
    private static boolean isAnsweredBy(TaskRow before, TaskRow task) {
        return before.node().equals(task.node()) && before.question().phase() == task.question().phase()
                && (before.question().phase() == Phase.FIT
                        || before.question().round() == task.question().round());
    }

    /** The node is asked, perhaps once more. */
    void sends(Sent sent) {
        assertThat(open).as("what is asked already").doesNotContain(sent);
        if (earlier.remove(sent)) {
            assertThat(settled).as("what the steps were made of, when %s is asked again", sent)
                    .doesNotContain(id(sent));
        } else if (sent.question().phase() == Phase.FIT) {
            assertThat(open).as("what its node does, when %s is asked", sent).noneMatch(
                    other -> other.client().equals(sent.client()) && other.question().phase() == Phase.FIT);
        }
        open.add(sent);
    }

    /** Whether the answer to something that is asked is safe. */
    boolean isAnswerSafe() {
        return open.stream().anyMatch(sent -> acknowledged().containsKey(id(sent)));
    }

    /** What this life waits for, by the tasks' ids. */
    Set<String> open() {
        return open.stream().map(this::id).collect(Collectors.toSet());
    }

    /** Takes note of the answer; gives the task's id. */
    String takes(Fleet.Answer answer) {
        assertThat(open.remove(answer.sent())).as("%s is waited for", answer.sent()).isTrue();
        String id = id(answer.sent());
        Report known = acknowledged().get(id);
        if (answer.report().isEmpty()) {
            assertThat(known).as("what was acknowledged of %s, who is taken to be silent", Asked.name(id)).isNull();
            return id;
        }
        Report report = answer.report().get();
        assertThat(known == null || (report instanceof Report.Fitted ? known instanceof Report.Fitted
                : known.equals(report))).as("%s is what was acknowledged: %s", report, known).isTrue();
        taken.add(id);
        if (!everTaken.add(id) && report instanceof Report.Fitted) {
            tally.count(Mishap.UPDATE_TAKEN_AGAIN);
        }
        return id;
    }

    /** What was taken is of no use. */
    void isInVain(String id) {
        inVain.add(id);
    }

    /** What was sent for that is not wanted any more. */
    void withdraws(Phase phase) {
        Predicate<Sent> those = sent -> sent.question().phase() == phase;
        open.stream().filter(those).map(this::id).forEach(withdrawn::add);
        open.removeIf(those);
        settle(withdrawn::contains);
    }

    @Override
    void forgets(String id) {
        assertThat(acknowledged().containsKey(id) && !taken.contains(id) && !withdrawn.contains(id)
                && !settled.contains(id)).as("%s was acknowledged, is not taken, and is forgotten", Asked.name(id))
                .isFalse();
        settle(id::equals);
    }

    /** A checkpoint has what was taken of updates, or of the measuring of that round's model. */
    void settles(Phase phase, int round) {
        Predicate<String> those = id -> asked.of(id).question().phase() == phase
                && (phase == Phase.FIT || asked.of(id).question().round() == round);
        taken.stream().filter(those).forEach(settled::add);
        taken.removeIf(those);
        settle(settled::contains);
    }

    @Override
    boolean isExpected(TaskRow task) {
        return open.contains(sent(task)) || taken.contains(task.id()) || settled.contains(task.id())
                || withdrawn.contains(task.id());
    }

    @Override
    boolean isWanted(TaskRow task) {
        return !settled.contains(task.id()) && !withdrawn.contains(task.id());
    }
}
