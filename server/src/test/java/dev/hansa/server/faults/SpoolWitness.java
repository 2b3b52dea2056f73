package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.server.store.TaskRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Sees that the spool holds what may still be counted, and nothing else. */
final class SpoolWitness {
    private final Asked asked;

    SpoolWitness(Asked asked) {
        this.asked = asked;
    }

    /** A life begins: only of tasks that are still open something is left. */
    void begins(List<String> spool, List<TaskRow> rows) {
        List<String> open = rows.stream().map(TaskRow::id).toList();
        List<String> others = new ArrayList<>(spool);
        others.removeIf(file -> open.contains(asked.ofFile(file).id()));
        assertThat(others).as("files of no open task in the spool after a start").isEmpty();
    }

    /** Somebody begins to wait for answers. */
    void waits(Question question, List<String> spool) {
        assertThat(spool).as("the spool at the begin of %s holds updates of that round", question)
                .allMatch(file -> asked.ofFile(file).question().round() == question.round());
    }

    /** Of what was counted, or is not wanted, nothing is left: only of tasks that this life has asked, and waits for. */
    void released(List<String> spool, Set<String> open) {
        assertThat(spool).as("the spool after answers were released, while others are waited for")
                .allMatch(file -> open.contains(asked.ofFile(file).id()));
    }

    /** Nothing of what was counted, or is not wanted, is left. */
    void released(List<String> spool) {
        assertThat(spool).as("the spool after its answers were released").isEmpty();
    }
}
