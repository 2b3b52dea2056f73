package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Fleet.Question;
import java.util.Set;
import java.util.TreeSet;

/** Sees that an answer that comes too late is told to the run: once, whatever is sent again and whoever starts again. */
final class LateWitness {
    private final Asked asked;
    private final Tally tally;
    private final Set<String> told = new TreeSet<>();
    private Set<String> waiting = Set.of();
    /** Closed without an answer in this life. */
    private final Set<String> closed = new TreeSet<>();

    LateWitness(Asked asked, Tally tally) {
        this.asked = asked;
        this.tally = tally;
    }

    /** A life of the coordinator begins, which knows what is on the disk. */
    void begins() {
        closed.clear();
    }

    /** The question to these nodes is open. */
    void waits(Set<String> nodes) {
        waiting = nodes;
    }

    /** The question is over, with the answers of these nodes. */
    void counted(Question question, Set<String> answered) {
        asked.of(question).forEach((node, task) -> {
            if (waiting.contains(node) && !answered.contains(node)) {
                closed.add(task.id());
            }
        });
    }

    /** The time of this task is over, which was asked alone. */
    void closes(String id) {
        closed.add(id);
    }

    /** Whether the question of the task is over, in this life, and its node has not answered. */
    boolean isClosed(String id) {
        return closed.contains(id);
    }

    /** The run is told. */
    void hearsLate(String id, String node) {
        assertThat(node).as("whose answer to %s is late", Asked.name(id)).isEqualTo(asked.of(id).node());
        assertThat(told.add(id)).as("the answer to %s is told to be late for the first time", Asked.name(id)).isTrue();
        tally.count(Mishap.LATE_TOLD);
    }

    /** A node hears that the task, which it answers, was closed without its answer before. */
    void refuses(String id) {
        assertThat(told.contains(id)).as("the run was told that the answer to %s is late, before its node is",
                Asked.name(id)).isTrue();
    }
}
