package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Sees that what nodes tell of a model while others train is what they measure of that very model, each of them once. */
final class MeasuringWitness {
    private final RunSpec spec;
    private final Rehearsal rehearsal;
    /** By model, which is measured in this life, and node: what was asked. */
    private final SortedMap<Integer, Map<String, Task.Evaluate>> asked = new TreeMap<>();
    /** Who has not answered yet. */
    private final Set<Sent> waiting = new HashSet<>();
    /** By model and node, what was told. */
    private final Map<Integer, Map<String, Report>> told = new HashMap<>();

    MeasuringWitness(RunSpec spec, Rehearsal rehearsal) {
        this.spec = spec;
        this.rehearsal = rehearsal;
    }

    /** A life of the coordinator begins. */
    void begins() {
        asked.clear();
        waiting.clear();
        told.clear();
    }

    /**
     * A node is asked to measure a model.
     *
     * @param model   that of the round
     * @param counted the last step up to that model which an update of the node is in, by when it was asked for
     */
    void sends(Sent sent, Task.Evaluate task, Parameters model, int counted) {
        assertThat(task.parameters()).as("the model of %s", sent).isEqualTo(model);
        assertThat(task.counted()).as("the last step of %s that counts", sent).isEqualTo(counted);
        assertThat(spec.evaluation().every()).as("how often models are measured").isPositive();
        asked.computeIfAbsent(sent.question().round(), none -> new TreeMap<>()).put(sent.client(), task);
        waiting.add(sent);
    }

    /** An answer, or silence, is taken; whether it is of use. */
    boolean takes(Fleet.Answer answer) {
        waiting.remove(answer.sent());
        answer.report().ifPresent(report -> told
                .computeIfAbsent(answer.sent().question().round(), none -> new TreeMap<>())
                .put(answer.sent().client(), report));
        return answer.report().orElse(null) instanceof Report.Evaluated;
    }

    /** A step is made. */
    void steps(Tally tally) {
        if (!asked.isEmpty()) {
            tally.count(Mishap.STEP_WHILE_MEASURING);
        }
    }

    /** What was told of a model is about to be committed; gives its round. */
    OptionalInt measures(List<RoundRecord> before, List<RoundRecord> after) {
        OptionalInt done = asked.keySet().stream().mapToInt(round -> round)
                .filter(round -> waiting.stream().noneMatch(sent -> sent.question().round() == round)).findFirst();
        assertThat(done).as("a model whose measuring is over").isPresent();
        int round = done.getAsInt();
        List<RoundRecord> others = new ArrayList<>(after);
        others.set(round - 1, before.get(round - 1));
        assertThat(others).as("the other records when that of round %d is made whole", round).isEqualTo(before);
        requireMeasured(round, before.get(round - 1), after.get(round - 1));
        asked.remove(round);
        told.remove(round);
        return done;
    }

    private void requireMeasured(int round, RoundRecord before, RoundRecord after) {
        Map<String, Report> reports = told.getOrDefault(round, Map.of());
        Predicate<String> measured =
                node -> reports.get(node) instanceof Report.Evaluated found && !found.sums().equals(Sums.NONE);
        after.clients().forEach((node, part) -> {
            ClientRound known = before.clients().getOrDefault(node, ClientRound.NONE);
            assertThat(part).as("all but the measuring of %s in the record of round %d", node, round)
                    .usingRecursiveComparison().ignoringFields("evaluation", "traffic").isEqualTo(known);
            assertThat(measured.test(node) && !known.evaluation().equals(Metrics.NONE))
                    .as("%s has measured the model of round %d before", node, round).isFalse();
            assertThat(part.evaluation()).as("what %s tells of the model of round %d", node, round).isEqualTo(
                    measured.test(node) ? rehearsal.evaluation(node, asked.get(round).get(node)) : known.evaluation());
        });
        assertThat(after.clients().keySet()).as("who is known of in round %d", round)
                .containsAll(before.clients().keySet())
                .containsAll(reports.keySet().stream().filter(measured).toList());
        assertThat(after.training()).as("the training of round %d", round).isEqualTo(before.training());
    }
}
