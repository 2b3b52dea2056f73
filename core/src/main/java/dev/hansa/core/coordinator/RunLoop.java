package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Names;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.ServerState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * One run, from its first question to its model: describe, then round after round plan, select, ask, aggregate, step,
 * evaluate, record; and what is asked after the last.
 *
 * <p>Guarantee: a round is committed to the {@link Store} before the next begins. A loop on the same store goes on after
 * the last committed round, within the next if the fleet {@linkplain Fleet#asked remembers} it, and, if the same clients
 * answer, ends in the same bytes as an undisturbed one. One thread runs it; interrupting that thread stops it, and a later
 * loop goes on.
 */
public final class RunLoop {
    /** A round that is abandoned so often in a row ends the run. */
    static final int ATTEMPTS = 10;
    /** So many draws in a row that are too small for a round end the run. */
    static final int DRAWS = 1000;

    /**
     * After a restart the clients of the last round have so long to come back, so that the next cohort is drawn from the
     * same clients as it would have been.
     */
    static final Duration RETURN = Duration.ofSeconds(30);

    private final String run;
    private final RunSpec spec;
    private final Store store;
    private final Clock clock;
    private final Learner learner;
    private final Asker asker;
    private final OwnRows own;
    private final NoiseSource noise;
    private final LastCounted lastCounted = new LastCounted();
    private final CommittedFirst committedFirst;
    private final StopSignal stop = new StopSignal();

    /** Of a run that asks for no rows of the coordinator's own. */
    public RunLoop(String run, RunSpec spec, Fleet fleet, Store store, Clock clock) {
        this(run, spec, fleet, store, clock, Map.of());
    }

    /**
     * @param own the rows of the coordinator's own that the run {@linkplain RunSpec#ownRows asks for}, by name; the same in
     *            each process that goes on with the run
     * @throws IllegalArgumentException if some of these are missing, or have another schema than the run
     */
    public RunLoop(String run, RunSpec spec, Fleet fleet, Store store, Clock clock, Map<String, Table> own) {
        this(run, spec, fleet, store, clock, own, NoiseSource.SECRET);
    }

    /** The same whose noise, and whose secret draws, come from there. */
    public RunLoop(String run, RunSpec spec, Fleet fleet, Store store, Clock clock, Map<String, Table> own,
            NoiseSource noise) {
        this.noise = noise;
        this.run = run;
        this.spec = spec;
        this.store = store;
        this.clock = clock;
        this.learner = Learners.of(spec.model(), spec.data().schema());
        this.asker = new Asker(run, fleet, store, spec.cohort().deadline());
        this.own = new OwnRows(spec, own);
        this.committedFirst = new CommittedFirst(run, spec, store, asker, lastCounted);
    }

    /**
     * Runs to the end. What the store throws comes out: the run is unfinished and may be gone on with.
     *
     * @return {@link RunEvent.Finished}, {@link RunEvent.Stopped} or {@link RunEvent.Failed}, which is also the last event
     * @throws InterruptedException if the thread was interrupted: the run is unfinished and may be gone on with
     */
    public RunEvent run() throws InterruptedException {
        Optional<Buffering> buffering = spec.strategy().buffering();
        Step step = begin(!buffering.isPresent());
        while (step instanceof Step.Go go) {
            step = buffering.isPresent()
                    ? new AsynchronousRounds(run, spec, buffering.get(), store, clock, asker, own, stop,
                            go.checkpoint())
                            .run()
                    : next(go.checkpoint());
        }
        RunEvent end = ((Step.End) step).event();
        store.append(run, end);
        asker.release();
        return end;
    }

    /**
     * Ends the run after the round at hand, and a pause at once; from any thread. The fleet of a run that still waits must
     * end the waiting.
     */
    public void stop() {
        stop.give();
    }

    /** Whose answers it waits for because their owners have put them off, for people; from any thread. */
    public Optional<String> waitsFor() {
        return asker.waitsFor();
    }

    /** @param inRounds who was asked in the last round is asked next, and waited for */
    private Step begin(boolean inRounds) throws InterruptedException {
        Optional<Checkpoint> latest = store.latest(run);
        if (latest.isPresent()) {
            asker.resume(latest.get().refused());
            if (!inRounds || asker.asked(latest.get().state().round() + 1, Phase.FIT).isPresent()) {
                return new Step.Go(latest.get());
            }
            List<RoundRecord> history = latest.get().history();
            if (!history.isEmpty()) {
                asker.awaitReturn(history.get(history.size() - 1).clients().keySet(), RETURN);
            } else if (!stop.isGiven()) {
                asker.await(spec.cohort().wanted(asker.refused().size()));
            }
            return new Step.Go(stop.isGiven() ? latest.get() : committedFirst.complete(latest.get()));
        }
        ServerState start = spec.strategy().start(FirstModel.of(spec, learner));
        return new RollCall(run, spec, asker, store, noise,
                (described, present) -> objection(described, List.of(), present)).hold(start, stop);
    }

    private Step next(Checkpoint checkpoint) throws InterruptedException {
        Optional<String> reason = spec.over(checkpoint);
        if (!reason.isPresent()) {
            Step step = round(checkpoint);
            return step instanceof Step.Go go ? new Step.Go(committedFirst.complete(go.checkpoint())) : step;
        }
        new ClosingPhase(run, spec, store, asker).hold(checkpoint, stop);
        return new Step.End(new RunEvent.Finished(checkpoint.state().round(), reason.get()));
    }

    private Step round(Checkpoint before) throws InterruptedException {
        long begin = clock.millis();
        int minimum = spec.privacy().map(plan -> plan.drawing().least()).orElse(spec.cohort().minimumReports());
        int round = before.state().round() + 1;
        EarlierAttempts earlier = new EarlierAttempts();
        Optional<Fleet.Asked> begun = stop.isGiven() ? Optional.empty() : asker.asked(round, Phase.FIT);
        if (begun.isPresent()) {
            Optional<Step> committed = attempt(before, begun.get(), begin, earlier);
            if (committed.isPresent()) {
                return committed.get();
            }
        }
        for (int attempt = begun.map(Fleet.Asked::attempt).orElse(0) + 1; attempt <= ATTEMPTS; attempt++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the run " + run + " was interrupted");
            }
            if (attempt > 1) {
                stop.pause(asker.pauseBefore(attempt));
            }
            Names available = stop.isGiven() ? Names.NONE
                    : asker.await(minimum, spec.cohort().selector().resting(before.history()));
            if (stop.isGiven()) {
                return new Step.End(new RunEvent.Stopped(before.state().round()));
            }
            if (available.size() < minimum) {
                return asker.end("a round needs " + minimum + " clients ("
                        + (drawnOfAll() ? "cohort.nodes, of which its"
                                + " cohort is drawn as its privacy is charged" : "cohort.minimumReports")
                        + "), and there are only "
                        + Asker.names(available));
            }
            Optional<String> objection = objection(before.rows().keySet(), before.history(), available);
            if (objection.isPresent()) {
                return asker.end("round " + round + " was not begun: " + objection.get());
            }
            Optional<SortedSet<String>> cohort = draw(before, attempt, available, earlier);
            if (!cohort.isPresent() && stop.isGiven()) {
                return new Step.End(new RunEvent.Stopped(before.state().round()));
            }
            if (!cohort.isPresent()) {
                return asker.end("round " + round + " was drawn " + DRAWS + " times in a row, each time with fewer than"
                        + " the " + minimum + " clients of cohort.minimumReports; more of them, or a higher rate of"
                        + " cohort.select, may help");
            }
            store.append(run, new RunEvent.RoundStarted(round, attempt, cohort.get()));
            Optional<Step> committed = attempt(before, new Fleet.Asked(attempt, cohort.get()), begin, earlier);
            if (committed.isPresent()) {
                return committed.get();
            }
        }
        int needed = spec.neededUpdates();
        return asker.end("round " + (before.state().round() + 1) + " did not get the " + needed
                + (needed < spec.cohort().minimumReports() ? (needed == 1 ? " update" : " updates") + " that it needs, "
                        : " updates of cohort.minimumReports, ")
                + ATTEMPTS + " times in a row"
                + Reasons.list("failed", asker.failed()));
    }

    /** Why nobody may be asked, of whom some are chosen now; empty if the run can keep its promise. */
    private Optional<String> objection(Set<String> described, List<RoundRecord> history, Names chosen) {
        return spec.privacy().map(Drawable::new)
                .flatMap(all -> all.objection(described, history, List.of(chosen, asker.available())));
    }

    private boolean drawnOfAll() {
        return spec.privacy().filter(plan -> plan.drawing().sampling() instanceof Sampling.FixedSize).isPresent();
    }

    /**
     * The first draw that has enough clients; each before it is told of, so that nobody takes the draws for fewer than
     * they were. Empty if none has, or the run is to stop.
     */
    private Optional<SortedSet<String>> draw(Checkpoint before, int attempt, SortedSet<String> available,
            EarlierAttempts earlier) throws InterruptedException {
        Cohort cohort = spec.cohort();
        int round = before.state().round() + 1;
        boolean takesAny = spec.privacy().filter(plan -> plan.drawing().takesAny()).isPresent();
        boolean secret = spec.privacy().filter(plan -> plan.drawing().isSecret()).isPresent();
        Seed first = spec.seed().derive("cohort").derive(round).derive(attempt);
        for (int draw = 1; draw <= DRAWS && !stop.isGiven(); draw++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the run " + run + " was interrupted");
            }
            Seed seed = draw == 1 ? first : first.derive(draw);
            Coins coins = secret ? new Coins.Secret(noise.bytes(seed)) : new Coins.Known(seed);
            SortedSet<String> drawn = earlier.select(cohort.selector(),
                    new Draw(coins, attempt, available, asker.isReliable() ? cohort.size() : cohort.asked(),
                            cohort.minimumReports(),
                            before.rows(), before.history()));
            if (takesAny || drawn.size() >= cohort.minimumReports()) {
                return Optional.of(drawn);
            }
            store.append(run, new RunEvent.RoundAbandoned(round, attempt, "drew " + drawn.size()
                    + (drawn.size() == 1 ? " client" : " clients") + ", needs " + cohort.minimumReports()));
        }
        return Optional.empty();
    }

    /** Empty if it got too few updates. */
    private Optional<Step> attempt(Checkpoint before, Fleet.Asked cohort, long begin, EarlierAttempts earlier)
            throws InterruptedException {
        RoundAttempt attempt = new RoundAttempt(run, spec, store, clock, asker, own, lastCounted, before, cohort, begin,
                noise);
        Optional<Step> committed = attempt.run();
        if (!committed.isPresent()) {
            earlier.add(cohort.clients(), attempt.counted());
        }
        return committed;
    }
}
