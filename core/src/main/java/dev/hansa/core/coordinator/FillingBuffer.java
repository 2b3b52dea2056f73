package dev.hansa.core.coordinator;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.UnusableUpdateException;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What has come since the model's last step, and who is not asked again before the next. */
final class FillingBuffer {
    private final String run;
    private final RunSpec spec;
    private final Buffering buffering;
    private final Checkpoint before;
    private final Store store;
    private final Asker asker;
    private final int round;
    private final Aggregator.Accumulator updates;
    private final RoundInProgress progress;
    private final List<Fleet.Sent> taken = new ArrayList<>();
    private final SortedSet<String> asked = new TreeSet<>();
    /** Those of whom nothing can be counted before they are asked once more. */
    private final SortedSet<String> inVain = new TreeSet<>();

    /** By round after which training began: by how much the model was another then. */
    private final Map<Integer, Parameters> since = new HashMap<>();

    FillingBuffer(String run, RunSpec spec, Buffering buffering, Checkpoint before, Store store, Asker asker) {
        this.run = run;
        this.spec = spec;
        this.buffering = buffering;
        this.before = before;
        this.store = store;
        this.asker = asker;
        this.round = before.state().round() + 1;
        RoundPlan plan = before.strategy(spec).plan(before.state());
        this.updates = plan.aggregator().start(plan.parameters().layout());
        this.progress = new RoundInProgress(spec.evaluation().metrics());
    }

    /** The step that it is filled for, from 1. */
    int round() {
        return round;
    }

    void asked(Set<String> clients) {
        asked.addAll(clients);
    }

    /** Counts the answer, or tells why not. */
    void take(Fleet.Answer answer) {
        taken.add(answer.sent());
        String client = answer.sent().client();
        progress.moved(client, answer.traffic());
        Optional<Report.Fitted> fitted = asker.answered(answer, Report.Fitted.class);
        if (!fitted.isPresent()) {
            inVain.add(client);
            return;
        }
        if (progress.counts(client)) {
            discard(client, "an update of it is counted in this step already");
            return;
        }
        int begun = answer.sent().question().round() - 1;
        int steps = before.state().round() - begun;
        if (steps > buffering.most()) {
            discard(client, "the model made " + steps + " steps since its training began, and updates count up to "
                    + buffering.most());
            return; // the newest model is no older than this one, so there is nothing to wait for
        }
        try {
            ModelUpdate update = fitted.get().update();
            Completeness.require(update, trainingAt(begun), spec.cohort());
            updates.add(buffering.counted(update, steps, since(begun, steps)));
            progress.trained(client, update, steps);
        } catch (UnusableUpdateException e) {
            discard(client, String.valueOf(e.getMessage()));
            inVain.add(client);
        }
    }

    private LocalTraining trainingAt(int begun) {
        ServerState then = new ServerState(begun, before.state().parameters(), before.state().slots());
        return before.strategy(spec).plan(then).training();
    }

    private Optional<Parameters> since(int begun, int steps) {
        return buffering.looksBack() && steps > 0
                ? Optional.of(since.computeIfAbsent(begun,
                        round -> store.model(run, round).minus(before.state().parameters())))
                : Optional.empty();
    }

    private void discard(String client, String reason) {
        asker.discard(round, client, reason);
        progress.discarded(client, reason);
    }

    boolean isFull() {
        return updates.clients() >= buffering.size();
    }

    boolean isEmpty() {
        return updates.clients() == 0;
    }

    /** How many updates it holds, of how many. */
    String level() {
        return updates.clients() + " of " + buffering.size() + " updates";
    }

    /** Those whose updates it holds. */
    SortedSet<String> counted() {
        return progress.counted();
    }

    /** Those who are not asked now. */
    Set<String> resting() {
        Set<String> resting = new TreeSet<>(inVain);
        resting.addAll(progress.counted());
        return resting;
    }

    /** Those of whom nothing could be counted may be asked once more; says whether there are any. */
    boolean tryAgain() {
        inVain.removeAll(progress.counted());
        boolean any = !inVain.isEmpty();
        inVain.clear();
        return any;
    }

    /** What was answered, in whatever way, and is not on the disk. */
    List<Fleet.Sent> taken() {
        return Collections.unmodifiableList(taken);
    }

    /** The state after the step. */
    ServerState step() {
        return before.strategy(spec).step(before.state(), updates.finish());
    }

    /** What the coordinator itself measured of the model after the step. */
    void evaluatedHere(Sums central) {
        if (!central.problem().isPresent()) { // a model that explodes cannot be measured here, nor by any node
            progress.evaluatedHere(central);
        }
    }

    RoundRecord record(Duration duration) {
        return progress.record(round, asked, duration);
    }
}
