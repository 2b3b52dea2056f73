package dev.hansa.core.coordinator;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.ByCluster;
import dev.hansa.core.aggregate.UnusableUpdateException;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.mechanism.PrivateRound;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Named;
import dev.hansa.core.model.Names;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * One attempt at one round with one cohort: ask, aggregate, step, evaluate, commit; by nodes a private round is {@linkplain
 * CommittedFirst evaluated later}.
 */
final class RoundAttempt {
    private final String run;
    private final RunSpec spec;
    private final Store store;
    private final Clock clock;
    private final Asker asker;
    private final OwnRows own;
    private final LastCounted lastCounted;
    private final Checkpoint before;
    private final Fleet.Asked cohort;
    private final long begin;
    private final int round;
    private final Optional<PrivateRound> halves;
    private final Assignments assignments;
    private final RoundInProgress progress;

    /**
     * @param begin when the round's first attempt began to wait for clients
     * @param noise for what is promised of the model
     */
    RoundAttempt(String run, RunSpec spec, Store store, Clock clock, Asker asker, OwnRows own,
            LastCounted lastCounted, Checkpoint before, Fleet.Asked cohort, long begin, NoiseSource noise) {
        this.run = run;
        this.spec = spec;
        this.store = store;
        this.clock = clock;
        this.asker = asker;
        this.own = own;
        this.lastCounted = lastCounted;
        this.before = before;
        this.cohort = cohort;
        this.begin = begin;
        this.round = before.state().round() + 1;
        this.halves = spec.privacy().map(privacy -> privacy.begin(before.state(), spec.seed().derive(round), noise
                .bytes(spec.seed().derive("noise").derive(round).derive(cohort.attempt()))));
        this.assignments = new Assignments(run, spec, before, halves);
        this.progress = new RoundInProgress(spec.evaluation().metrics());
    }

    /** Commits the round; empty if it got too few updates. */
    Optional<Step> run() throws InterruptedException {
        Optional<ServerState> next = train();
        if (!next.isPresent()) {
            return Optional.empty();
        }
        ServerState state = next.get();
        if (!state.isFinite()) {
            return Optional.of(asker.diverged(round, progress.counted()));
        }
        if (spec.isEvaluated(round)) {
            if (spec.evaluation().asksNodes() && !CommittedFirst.applies(spec)) {
                evaluate(state);
            }
            Sums central = own.measure(state.parameters(), before.preprocessing());
            if (!central.problem().isPresent()) { // a model that explodes cannot be measured here, nor by any node
                progress.evaluatedHere(central);
            }
        }
        return Optional.of(commit(state, Duration.ofMillis(Math.max(0, clock.millis() - begin))));
    }

    /** Those whose updates came and were sound, whether the round was committed or not. */
    Names counted() {
        return progress.counted();
    }

    /** The next state, and with the end of this call nothing else of the updates' size; empty if there are too few. */
    private Optional<ServerState> train() throws InterruptedException {
        Aggregator.Accumulator updates = fit();
        int minimum = spec.neededUpdates();
        if (updates.clients() < minimum) {
            store.append(run, new RunEvent.RoundAbandoned(round, cohort.attempt(),
                    "got " + updates.clients() + (updates.clients() == 1 ? " update" : " updates") + ", needs "
                            + minimum));
            return Optional.empty();
        }
        Aggregate aggregate = updates.finish();
        ServerState next = before.strategy(spec).step(before.state(), aggregate);
        return Optional.of(halves.map(both -> both.after(aggregate, next)).orElse(next));
    }

    private Step commit(ServerState state, Duration duration) {
        RoundRecord record = progress.record(round, cohort.clients(), duration);
        Checkpoint after = before.after(state, record, asker.refused(), spec.evaluation());
        store.save(run, after, new RunEvent.RoundCommitted(record));
        asker.release();
        return new Step.Go(after);
    }

    private Aggregator.Accumulator fit() throws InterruptedException {
        RoundPlan plan = before.strategy(spec).plan(before.state());
        Optional<Aggregator> half = halves.flatMap(PrivateRound::onServer);
        Aggregator rule = half.isPresent()
                ? half.get()
                : byCluster(own.rule(plan, before.preprocessing(), spec.seed().derive("trusted").derive(round)));
        Aggregator.Accumulator updates = rule.start(plan.parameters().layout());
        int enough = asker.isReliable() ? Integer.MAX_VALUE : spec.cohort().enough();
        progress.moved(asker.ask(question(Phase.FIT), tasks(plan), enough,
                Report.Fitted.class, rule.keepsUpdates(), (client, fitted) -> {
                    ModelUpdate update = fitted.update();
                    try {
                        Completeness.requireProtected(update, halves.flatMap(PrivateRound::onClient));
                        Completeness.require(update, plan.training(), spec.cohort());
                        updates.add(update);
                        progress.trained(client, update);
                    } catch (UnusableUpdateException e) {
                        discard(client, String.valueOf(e.getMessage()));
                    }
                }));
        return updates;
    }

    private Named<Task> tasks(RoundPlan plan) {
        Names clients = Names.copyOf(cohort.clients());
        int[] counted = assignments.isRemembered(plan) ? lastCounted.of(before, clients) : new int[clients.size()];
        Task[] tasks = new Task[counted.length];
        Arrays.setAll(tasks, i -> assignments.fit(plan, round, clients.get(i), counted[i]));
        return Named.owning(clients, tasks);
    }

    private Aggregator byCluster(Aggregator rule) {
        return spec.personalization() instanceof Clusters clusters
                ? new ByCluster(rule, clusters, Learners.of(spec.model(), spec.data().schema()).layout(),
                        spec.cohort().minimumReports())
                : rule;
    }

    private void discard(String client, String reason) {
        asker.discard(round, client, reason);
        progress.discarded(client, reason);
    }

    private void evaluate(ServerState state) throws InterruptedException {
        new ByNodes(spec, asker).measure(state.parameters(), question(Phase.EVALUATE), assignments,
                client -> progress.counts(client) ? round : lastCounted.of(before, client), progress);
    }

    private Fleet.Question question(Phase phase) {
        return new Fleet.Question(round, phase, cohort.attempt());
    }
}
