package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.protocol.Report;
import dev.hansa.server.store.TaskRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Of answers to questions that several nodes are asked at once: they are counted when all have answered or the time is over. */
final class QuestionWitness extends AnswerWitness {
    /** Who was counted when the asking was over, and is not being asked again. */
    private final Map<Question, SortedSet<String>> counted = new HashMap<>();
    /** Who is being asked, or was when the last life ended. */
    private final Map<Question, SortedSet<String>> waiting = new HashMap<>();
    private int commits;

    QuestionWitness(Asked asked) {
        super(asked);
    }

    @Override
    void asks(TaskRow task) {
        settle(id -> isReplaced(asked.of(id), task));
        acknowledged().forEach((id, report) -> {
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

    @Override
    void forgets(String id) {
        assertThat(acknowledged().containsKey(id) && !isCounted(asked.of(id)))
                .as("%s was acknowledged, is not counted, and is forgotten", Asked.name(id)).isFalse();
        settle(id::equals);
    }

    @Override
    boolean isExpected(TaskRow task) {
        return isCounted(task) || nodes(waiting, task.question()).contains(task.node());
    }

    @Override
    boolean isWanted(TaskRow task) {
        return task.question().round() >= commits || task.question().phase() == Phase.PERSONALISE;
    }

    private boolean isCounted(TaskRow task) {
        return nodes(counted, task.question()).contains(task.node());
    }

    /** The answers of a roll call add up over its attempts. */
    private static SortedSet<String> nodes(Map<Question, SortedSet<String>> map, Question question) {
        Question key = question.phase() == Phase.DESCRIBE ? new Question(0, Phase.DESCRIBE, 1) : question;
        return map.computeIfAbsent(key, none -> new TreeSet<>());
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
        acknowledged().keySet().stream().map(asked::of).filter(task -> task.question().equals(question))
                .forEach(task -> assertThat(isCounted(task)).as("%s was acknowledged, and is not counted",
                        Asked.name(task.id())).isTrue());
        answered.forEach(node -> assertThat(rows).as("what is counted of " + node + " is on the disk")
                .anyMatch(row -> row.node().equals(node) && row.question().phase() == question.phase()
                        && row.question().round() == question.round() && row.report().isPresent()));
    }

    /** The round is about to be committed. */
    void commits(int round) {
        commits = round + 1;
        settle(id -> asked.of(id).question().round() <= round);
    }
}
