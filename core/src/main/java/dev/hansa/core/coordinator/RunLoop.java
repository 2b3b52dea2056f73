package dev.hansa.core.coordinator;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.UnusableUpdateException;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * One run, from its first question to its model: describe, then round after round plan, select, ask, aggregate, step,
 * evaluate, record.
 *
 * <p>Guarantee: a round is committed to the {@link Store} before the next begins. A loop on the same store goes on after
 * the last committed round and, if the same clients answer, ends in the same bytes as an undisturbed one. One thread runs
 * it; interrupting that thread stops it, and a later loop goes on.
 */
public final class RunLoop {
    /** A round that is abandoned so often in a row ends the run. */
    static final int ATTEMPTS = 10;

    private final String run;
    private final RunSpec spec;
    private final Store store;
    private final Clock clock;
    private final CohortSelector selector;
    private final Learner learner;
    private final Asker asker;
    private volatile boolean stopped;

    public RunLoop(String run, RunSpec spec, Fleet fleet, Store store, Clock clock) {
        this(run, spec, fleet, store, clock, CohortSelector.uniform(spec.cohort().size()));
    }

    /** With a selector of one's own. */
    public RunLoop(String run, RunSpec spec, Fleet fleet, Store store, Clock clock, CohortSelector selector) {
        this.run = run;
        this.spec = spec;
        this.store = store;
        this.clock = clock;
        this.selector = selector;
        this.learner = Learners.of(spec.model(), spec.data().schema());
        this.asker = new Asker(run, fleet, store, spec.cohort().deadline());
    }

    /**
     * Runs to the end.
     *
     * @return {@link RunEvent.Finished}, {@link RunEvent.Stopped} or {@link RunEvent.Failed}, which is also the last event
     * @throws InterruptedException if the thread was interrupted: the run is unfinished and may be gone on with
     */
    public RunEvent run() throws InterruptedException {
        RunEvent end = rounds();
        store.append(run, end);
        return end;
    }

    /**
     * Ends the run after the round at hand; from any thread. The fleet of a run that still waits must end the waiting.
     */
    public void stop() {
        stopped = true;
    }

    private RunEvent rounds() throws InterruptedException {
        Optional<Checkpoint> latest = store.latest(run);
        latest.ifPresent(checkpoint -> asker.refused().putAll(checkpoint.refused()));
        if (!latest.isPresent()) {
            latest = describe();
        }
        if (!latest.isPresent() && stopped) {
            return new RunEvent.Stopped(0);
        }
        if (!latest.isPresent()) {
            return failed("fewer clients can take part than the " + spec.cohort().minimumReports()
                    + " of cohort.minimumReports");
        }
        Checkpoint checkpoint = latest.get();
        Optional<String> reason = stopReason(checkpoint);
        while (!reason.isPresent()) {
            Optional<Checkpoint> next = stopped ? Optional.empty() : round(checkpoint);
            if (!next.isPresent() && stopped) {
                return new RunEvent.Stopped(checkpoint.state().round());
            }
            if (!next.isPresent()) {
                return failed("round " + (checkpoint.state().round() + 1) + " did not get the "
                        + spec.cohort().minimumReports() + " updates of cohort.minimumReports");
            }
            checkpoint = next.get();
            reason = stopReason(checkpoint);
        }
        return new RunEvent.Finished(checkpoint.state().round(), reason.get());
    }

    private RunEvent failed(String what) {
        StringBuilder text = new StringBuilder(what);
        asker.refused().forEach((client, why) -> text.append("; ").append(client).append(" refused: ").append(why));
        return new RunEvent.Failed(text.toString());
    }

    private Optional<String> stopReason(Checkpoint checkpoint) {
        return checkpoint.state().round() >= spec.rounds()
                ? Optional.of("all " + spec.rounds() + " rounds are done")
                : spec.stop().reason(checkpoint.history());
    }

    /**
     * Asks everybody for statistics until enough clients have answered or refused; makes the first checkpoint, or none
     * if fewer remain than a round needs.
     */
    private Optional<Checkpoint> describe() throws InterruptedException {
        Cohort cohort = spec.cohort();
        SortedMap<String, TableStatistics> described = new TreeMap<>();
        while (described.size() < cohort.minimumReports()
                || described.size() + asker.refused().size() < cohort.nodes()) {
            if (stopped) {
                return Optional.empty();
            }
            int wanted = Math.max(cohort.minimumReports(), cohort.nodes() - asker.refused().size());
            SortedSet<String> present = asker.await(wanted);
            if (present.size() < wanted) {
                if (described.size() < cohort.minimumReports() || present.size() < cohort.minimumReports()) {
                    return Optional.empty();
                }
                break;
            }
            present.removeAll(described.keySet());
            asker.ask(0, Phase.DESCRIBE, present, client -> new Task.Describe(run, spec.data()), (client, report) -> {
                if (report instanceof Report.Described answer) {
                    described.put(client, answer.statistics());
                    store.append(run, new RunEvent.ClientDescribed(client, answer.statistics().trainingRows(),
                            answer.statistics().heldOutRows()));
                }
            });
        }
        TableStatistics all = described.values().stream().reduce(TableStatistics.NONE, TableStatistics::plus);
        Preprocessing preprocessing = spec.data().standardise()
                ? Preprocessing.standardising(spec.data().schema(), all)
                : Preprocessing.identity(spec.data().schema());
        ServerState state = spec.strategy().start(learner.initial(spec.seed().derive("initial")));
        Checkpoint checkpoint = new Checkpoint(state, preprocessing, asker.refused(), List.of());
        store.save(run, checkpoint);
        return Optional.of(checkpoint);
    }

    /** Saves and returns the checkpoint after one more round; empty if no attempt got enough updates. */
    private Optional<Checkpoint> round(Checkpoint before) throws InterruptedException {
        int round = before.state().round() + 1;
        int minimum = spec.cohort().minimumReports();
        for (int attempt = 1; attempt <= ATTEMPTS && !stopped; attempt++) {
            SortedSet<String> available = asker.await(minimum);
            if (available.size() < minimum) {
                return Optional.empty();
            }
            Seed seed = spec.seed().derive("cohort").derive(round).derive(attempt);
            SortedSet<String> cohort = selector.select(seed, available);
            store.append(run, new RunEvent.RoundStarted(round, attempt, cohort));
            long begin = clock.millis();
            RoundInProgress progress = new RoundInProgress();
            RoundPlan plan = spec.strategy().plan(before.state());
            Aggregator.Accumulator updates = fit(before, round, plan, cohort, progress);
            if (updates.clients() < minimum) {
                store.append(run, new RunEvent.RoundAbandoned(round, attempt, "got " + updates.clients()
                        + " updates, needs " + minimum));
                continue;
            }
            ServerState state = spec.strategy().step(before.state(), updates.finish());
            evaluate(before.preprocessing(), round, state, progress);
            List<RoundRecord> history = new ArrayList<>(before.history());
            history.add(progress.record(round, Duration.ofMillis(clock.millis() - begin)));
            Checkpoint after = new Checkpoint(state, before.preprocessing(), asker.refused(), history);
            store.save(run, after);
            store.append(run, new RunEvent.RoundCommitted(history.get(history.size() - 1)));
            return Optional.of(after);
        }
        return Optional.empty();
    }

    private Aggregator.Accumulator fit(Checkpoint before, int round, RoundPlan plan, SortedSet<String> cohort,
            RoundInProgress progress) throws InterruptedException {
        Aggregator.Accumulator updates = plan.aggregator().start(plan.parameters().layout());
        Seed seed = spec.seed().derive("fit").derive(round);
        progress.moved(asker.ask(round, Phase.FIT, cohort,
                client -> new Task.Fit(run, round, spec.data(), before.preprocessing(), spec.model(),
                        plan.parameters(), plan.training(), seed.derive(client)),
                (client, report) -> {
                    if (report instanceof Report.Fitted fitted) {
                        try {
                            updates.add(fitted.update());
                            progress.trained(client, fitted.update().sums());
                        } catch (UnusableUpdateException e) {
                            store.append(run,
                                    new RunEvent.UpdateDiscarded(round, client, String.valueOf(e.getMessage())));
                        }
                    }
                }));
        return updates;
    }

    private void evaluate(Preprocessing preprocessing, int round, ServerState state, RoundInProgress progress)
            throws InterruptedException {
        int every = spec.evaluateEvery();
        if (every == 0 || (round % every != 0 && round != spec.rounds())) {
            return;
        }
        progress.moved(asker.ask(round, Phase.EVALUATE, asker.available(),
                client -> new Task.Evaluate(run, round, spec.data(), preprocessing, spec.model(), state.parameters()),
                (client, report) -> {
                    if (report instanceof Report.Evaluated evaluated && evaluated.sums().isFinite()) {
                        progress.evaluated(client, evaluated.sums());
                    }
                }));
    }
}
