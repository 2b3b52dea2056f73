package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.core.strategy.Strategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Sees that a run without rounds makes one step after the other, each of as many updates as the buffer holds, of as many
 * nodes, each trained from the very model that it is told to be of, and with exactly the bits that these give.
 */
final class StepWitness {
    private final Scenario scenario;
    private final RunSpec spec;
    private final Buffering buffering;
    private final Trace trace;
    private final Tally tally;
    private final Rehearsal rehearsal;
    private final MeasuringWitness measuring;
    private final Predicate<String> named;
    /** After each step. */
    private final List<ServerState> states = new ArrayList<>();
    /** By node after each step: for which step its last update was asked that counts. */
    private final List<Map<String, Integer>> lastCounted = new ArrayList<>();
    private Optional<Strategy> strategy = Optional.empty();
    /** What this life asks. */
    private final Map<Sent, Task> asked = new HashMap<>();
    /** What this life has taken since the last step, in that order. */
    private final List<Taken> updates = new ArrayList<>();
    /** Who answered since the last step, in this life. */
    private final Set<String> answered = new TreeSet<>();
    private boolean withdrawn;

    /** @param named whether the node's answer cannot be used, as was told since the last step */
    StepWitness(Scenario scenario, Trace trace, Tally tally, Rehearsal rehearsal, Predicate<String> named) {
        this.scenario = scenario;
        this.spec = scenario.run();
        this.buffering = spec.strategy().buffering().orElseThrow();
        this.trace = trace;
        this.tally = tally;
        this.rehearsal = rehearsal;
        this.measuring = new MeasuringWitness(spec, rehearsal);
        this.named = named;
    }

    /** A life of the coordinator begins. */
    void begins() {
        asked.clear();
        updates.clear();
        answered.clear();
        measuring.begins();
        withdrawn = false;
    }

    /** The first checkpoint is committed. */
    void starts(Checkpoint first) {
        strategy = Optional.of(first.strategy(spec));
        states.add(first.state());
        lastCounted.add(Map.of());
    }

    private int newest() {
        return states.size() - 1;
    }

    /** For which step the last update of the node was asked that counts; 0 if none does. */
    int lastCounted(String node) {
        return lastCounted.getLast().getOrDefault(node, 0);
    }

    /**
     * A node is asked.
     *
     * @param again what an earlier life has asked
     */
    void sends(Sent sent, Task task, boolean again) {
        asked.put(sent, task);
        int round = sent.question().round();
        String node = sent.client();
        assertThat(task.round()).as("the round of %s", sent).isEqualTo(round);
        if (task instanceof Task.Fit fit) {
            assertThat(round - 1).as("the step after which %s begins, which is asked %s", sent,
                    again ? "again" : "for the first time").isBetween(again ? 0 : newest(), newest());
            RoundPlan plan = plan(round - 1);
            assertThat(fit.parameters()).as("the model of %s", sent).isEqualTo(plan.parameters());
            assertThat(fit.training()).as("the training of %s", sent).isEqualTo(plan.training());
            assertThat(fit.counted()).as("the last step of %s that counts", node)
                    .isEqualTo(fit.isRemembered() ? lastCounted(node) : 0);
        } else {
            assertThat(round).as("the model that %s measures", sent).isBetween(1, newest());
            measuring.sends(sent, (Task.Evaluate) task, states.get(round).parameters(),
                    lastCounted.get(round).getOrDefault(node, 0));
        }
    }

    private RoundPlan plan(int step) {
        return strategy.orElseThrow().plan(states.get(step));
    }

    /** An answer, or silence, is taken; whether it is of use. */
    boolean takes(Fleet.Answer answer) {
        Sent sent = answer.sent();
        Task task = Objects.requireNonNull(asked.remove(sent));
        if (sent.question().phase() == Phase.EVALUATE) {
            return measuring.takes(answer);
        }
        answer.report().ifPresent(report -> answered.add(sent.client()));
        if (!(answer.report().orElse(null) instanceof Report.Fitted fitted)) {
            return false;
        }
        updates.add(new Taken(sent, (Task.Fit) task, fitted.update()));
        return counts(updates.getLast(), newest() + 1);
    }

    /** Nobody waits any more for what was sent for that: because the run is over. */
    void withdraws(Phase phase) {
        boolean some = asked.keySet().stream().anyMatch(sent -> sent.question().phase() == phase);
        assertThat(some && newest() < spec.rounds())
                .as("%s is not wanted any more after step %d of %d", phase, newest(),
                        spec.rounds())
                .isFalse();
        asked.keySet().removeIf(sent -> sent.question().phase() == phase);
        withdrawn = true;
    }

    /** A step is about to be committed. */
    void steps(Checkpoint before, Checkpoint after) {
        int round = after.state().round();
        List<Taken> all = List.copyOf(updates);
        trace.note(() -> "commits step " + round + " of " + all.stream().map(Taken::sent).toList());
        assertThat(withdrawn).as("step %d comes after no updates were wanted any more", round).isFalse();
        assertThat(round).as("the step that is committed after %d others", newest()).isEqualTo(newest() + 1);
        assertThat(after.history().subList(0, newest())).as("the steps before").isEqualTo(before.history());
        RoundRecord record = after.history().getLast();
        assertThat(record.duration().isNegative()).as("step %d took less than no time", round).isFalse();
        List<Taken> counted = updates.stream().filter(update -> counts(update, round)).toList();
        assertThat(counted.stream().map(Taken::node)).as("whose updates make step %d, each once", round)
                .containsExactlyInAnyOrderElementsOf(record.counted());
        assertThat(counted).as("updates in step %d", round).hasSize(buffering.size());
        counted.forEach(update -> requireTold(update, record));
        assertThat(after.state()).as("the state after step %d of %s", round, record.counted())
                .isEqualTo(expected(counted, round));
        requireDiscarded(record);
        measuring.steps(tally);
        remember(after.state(), counted);
        updates.clear();
        answered.clear();
    }

    private boolean counts(Taken update, int round) {
        return update.staleness(round) <= buffering.most() && isHonest(update);
    }

    private boolean isHonest(Taken update) {
        return scenario.mischief().isHonest(update.node(), update.task);
    }

    /** Each update is told to be as old as it is, and as much of the work as it is. */
    private void requireTold(Taken update, RoundRecord record) {
        RoundRecord.ClientRound part = record.clients().get(update.node());
        int staleness = update.staleness(record.round());
        assertThat(part.staleness()).as("how many steps were made while %s trained for step %d", update.node(),
                record.round()).isEqualTo(staleness);
        assertThat(part.partial().orElse(1)).as("how much of its work %s did for step %d", update.node(),
                record.round()).isEqualTo(update.update.share());
        if (staleness == 0) {
            assertThat(record.asked()).as("who was asked for step %d", record.round()).contains(update.node());
        } else {
            tally.count(Mishap.UPDATE_STALE);
        }
        part.partial().ifPresent(share -> tally.count(Mishap.PARTIAL_WORK));
    }

    private ServerState expected(List<Taken> counted, int round) {
        RoundPlan plan = plan(round - 1);
        Aggregator.Accumulator sum = plan.aggregator().start(plan.parameters().layout());
        for (Taken taken : counted) {
            int steps = taken.staleness(round);
            ModelUpdate honest = rehearsal.update(taken.node(), taken.task, taken.update);
            sum.add(buffering.counted(honest, steps, since(taken, steps)));
        }
        return strategy.orElseThrow().step(states.get(round - 1), sum.finish());
    }

    private Optional<Parameters> since(Taken taken, int steps) {
        return buffering.looksBack() && steps > 0
                ? Optional.of(taken.task.parameters().minus(states.getLast().parameters()))
                : Optional.empty();
    }

    /** Who has answered is counted or named, and who is too old is not blamed for it. */
    private void requireDiscarded(RoundRecord record) {
        int round = record.round();
        answered.forEach(node -> assertThat(record.counts(node) || named.test(node))
                .as("%s is counted in step %d, or named", node, round).isTrue());
        List<Taken> others = updates.stream().filter(update -> !counts(update, round)).toList();
        assertThat(record.discarded().keySet()).as("whose updates step %d tells as discarded", round)
                .isEqualTo(others.stream().map(Taken::node).collect(Collectors.toSet()));
        Map<String, Taken> last = new TreeMap<>();
        others.forEach(update -> last.put(update.node(), update));
        last.forEach((node, update) -> {
            boolean old = update.staleness(round) > buffering.most();
            assertThat(EventWitness.isTooOld(record.discarded().get(node)))
                    .as("whether the update of %s is too old for "
                            + "step %d, of which is told: %s", node, round, record.discarded().get(node))
                    .isEqualTo(old);
            if (old) {
                tally.count(Mishap.UPDATE_TOO_OLD);
            }
        });
    }

    private void remember(ServerState state, List<Taken> counted) {
        Map<String, Integer> now = new TreeMap<>(lastCounted.getLast());
        counted.forEach(update -> now.put(update.node(), update.sent.question().round()));
        lastCounted.add(now);
        states.add(state);
    }

    /** What was measured of an earlier model is about to be committed; gives the step after which it was the newest. */
    OptionalInt measures(Checkpoint before, Checkpoint after) {
        assertThat(after.state()).as("the state, when an earlier model is measured").isEqualTo(before.state());
        return measuring.measures(before.history(), after.history());
    }

    /** An update. */
    private record Taken(Sent sent, Task.Fit task, ModelUpdate update) {
        String node() {
            return sent.client();
        }

        /** How many steps were made from when it was asked for until that step is made. */
        int staleness(int round) {
            return round - sent.question().round();
        }
    }
}
