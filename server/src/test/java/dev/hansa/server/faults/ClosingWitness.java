package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** Sees that after the last round nothing changes but what is answered to the questions after it. */
final class ClosingWitness {
    private final RunSpec spec;
    private final Trace trace;
    private final Rehearsal rehearsal;
    private SortedMap<String, Task> tasks = new TreeMap<>();
    private SortedMap<String, Report> reports = new TreeMap<>();

    ClosingWitness(RunSpec spec, Trace trace, Rehearsal rehearsal) {
        this.spec = spec;
        this.trace = trace;
        this.rehearsal = rehearsal;
    }

    /** Nodes are asked. */
    void waits(Question question, SortedMap<String, Task> asked) {
        if (question.phase() == Phase.PERSONALISE) {
            tasks = asked;
        }
    }

    /** All answers were counted. */
    void counted(Question question, SortedMap<String, Report> answers) {
        if (question.phase() == Phase.PERSONALISE) {
            assertThat(question.round()).as("the round of the model that nodes make their own")
                    .isEqualTo(spec.rounds());
            reports = answers;
        }
    }

    /** A checkpoint is about to be replaced. */
    void commits(Checkpoint before, Checkpoint after, ToIntFunction<String> lastCounted) {
        trace.note(() -> "closes, with own models of " + after.closing().personal().keySet());
        assertThat(before.closing()).as("what was answered after the last round before").isEqualTo(Closing.NONE);
        assertThat(after.state().round()).as("the last round").isEqualTo(spec.rounds());
        assertThat(after.state()).as("the state after the last round").isEqualTo(before.state());
        assertThat(after.history()).as("the rounds").isEqualTo(before.history());
        reports.forEach((node, report) -> assertThat(after.closing().personal().containsKey(node))
                .as("%s is counted, by %s", report, node).isEqualTo(report instanceof Report.Personalised));
        after.closing().personal().forEach((node, models) -> {
            Task.Personalise task = (Task.Personalise) Objects.requireNonNull(tasks.get(node));
            assertThat(task.parameters()).as("the model that %s makes its own", node)
                    .isEqualTo(after.state().parameters());
            assertThat(task.counted()).as("the last round of %s that counts", node)
                    .isEqualTo(lastCounted.applyAsInt(node));
            Report.Personalised honest = rehearsal.own(node, task);
            assertThat(models).as("the own model of %s", node).isEqualTo(new Closing.Personal(
                    Metrics.of(honest.shared()), Metrics.of(honest.personal())));
        });
    }
}
