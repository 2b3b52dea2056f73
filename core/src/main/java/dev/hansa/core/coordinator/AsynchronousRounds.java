package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Names;
import dev.hansa.core.model.Seed;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The part of a run between its first checkpoint and its end, if its strategy counts updates {@linkplain Buffering as they
 * come}: {@code cohort.size} clients are at work at any time; whoever has answered makes place for another, who gets the
 * newest model; when the buffer is full, the model makes a step, which is committed as a round.
 *
 * <p>Nobody waits for the measuring of a model either: each client measures it when it has done what it is doing. So a
 * round's evaluation may be known some rounds later, and a model is measured only when the one before has been.
 *
 * <p>After a crash it goes on with who was asked, and counts what was safe.
 */
final class AsynchronousRounds {
    private final String run;
    private final RunSpec spec;
    private final Buffering buffering;
    private final Store store;
    private final Clock clock;
    private final Asker asker;
    private final OwnRows own;
    private final LastCounted lastCounted = new LastCounted();
    private final StopSignal stop;
    /** Whose answers are waited for: after a restart perhaps two of one client, of which the older counts nothing. */
    private final Set<Fleet.Sent> training = new HashSet<>();
    /** By round: whose measuring is under way. */
    private final SortedMap<Integer, EvaluationUnderWay> evaluations = new TreeMap<>();
    /** Who took part lately when another process was killed; whoever of them comes back does so within a moment. */
    private final Set<String> lately;
    private final long start;
    private Checkpoint checkpoint;
    private FillingBuffer buffer;
    private long begin;
    private int attempt = 1;
    private int draws;

    AsynchronousRounds(String run, RunSpec spec, Buffering buffering, Store store, Clock clock, Asker asker,
            OwnRows own, StopSignal stop, Checkpoint start) {
        this.run = run;
        this.spec = spec;
        this.buffering = buffering;
        this.store = store;
        this.clock = clock;
        this.asker = asker;
        this.own = own;
        this.stop = stop;
        this.checkpoint = start;
        this.buffer = new FillingBuffer(run, spec, buffering, start, store, asker);
        this.lately = lately(start.history());
        this.start = clock.millis();
        this.begin = this.start;
    }

    /** Those of the rounds since the last that was measured, and of that one. */
    private static Set<String> lately(List<RoundRecord> history) {
        Set<String> clients = new TreeSet<>();
        boolean measured = false;
        for (int round = history.size(); round > 0 && !measured; round--) {
            clients.addAll(history.get(round - 1).clients().keySet());
            measured = isMeasured(history.get(round - 1));
        }
        return clients;
    }

    /** To the end; if it breaks off before that, another may go on. */
    Step.End run() throws InterruptedException {
        boolean over = false;
        try {
            goOn();
            Step.End end = rounds();
            asker.withdraw(Phase.FIT);
            asker.withdraw(Phase.EVALUATE);
            over = true;
            return end;
        } finally {
            if (!over) {
                asker.suspend();
            }
        }
    }

    private Step.End rounds() throws InterruptedException {
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the run " + run + " was interrupted");
            }
            Optional<Step.End> end = buffer.isFull() ? commit() : Optional.empty();
            end = end.isPresent() ? end : over();
            if (!end.isPresent()) {
                end = next(fill());
            }
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    /** With what an earlier process had asked. */
    private void goOn() throws InterruptedException {
        for (Fleet.Sent sent : asker.sent()) {
            int round = sent.question().round();
            if (sent.question().phase() == Phase.FIT) {
                if (round == buffer.round()) {
                    buffer.asked(Set.of(sent.client()));
                    attempt = Math.max(attempt, sent.question().attempt());
                }
                train(sent);
            } else if (sent.question().phase() == Phase.EVALUATE) {
                evaluation(round).ask(sent.client(), checkpoint, store.model(run, round));
            }
        }
        int last = checkpoint.state().round();
        if (evaluations.containsKey(last) || last > 0 && spec.isEvaluated(last) && !isMeasured(last)) {
            evaluate(); // a process that was killed while it asked had not asked all
        }
    }

    private Optional<Step.End> over() throws InterruptedException {
        int done = checkpoint.state().round();
        if (stop.isGiven() && buffer.isEmpty()) {
            return Optional.of(end(new RunEvent.Stopped(done)));
        }
        Optional<String> reason = spec.over(checkpoint);
        return reason.isPresent()
                ? Optional.of(end(new RunEvent.Finished(done, reason.get())))
                : Optional.empty();
    }

    /** Nobody trains any more, and the last model is measured. */
    private Step.End end(RunEvent event) throws InterruptedException {
        asker.withdraw(Phase.FIT);
        training.clear();
        int last = checkpoint.state().round();
        if (last > 0 && spec.evaluation().every() > 0 && !isMeasured(last)) {
            evaluate();
        }
        while (!evaluations.isEmpty()) {
            take();
        }
        if (event instanceof RunEvent.Finished) {
            ClosingPhase closing = new ClosingPhase(run, spec, store, asker);
            if (!closing.isOver(checkpoint)) {
                awaitReturn();
                closing.hold(checkpoint, stop);
            }
        }
        return new Step.End(event);
    }

    /** Asks whom there is place for; false if the selector chooses none of those. */
    private boolean fill() throws InterruptedException {
        Set<String> atWork = training.stream().map(Fleet.Sent::client).collect(Collectors.toSet());
        int places = spec.cohort().size().orElse(Integer.MAX_VALUE) - atWork.size();
        Names idle = places > 0 ? asker.available().without(atWork).without(buffer.resting()) : Names.NONE;
        if (idle.isEmpty()) {
            return true;
        }
        int round = buffer.round();
        Seed seed = spec.seed().derive("cohort").derive(round).derive(attempt);
        draws++;
        SortedSet<String> drawn = spec.cohort().selector().select(new Draw(draws == 1 ? seed : seed.derive(draws),
                attempt, idle, OptionalInt.of(Math.min(places, idle.size())), 1, checkpoint.rows(),
                checkpoint.history()));
        if (drawn.isEmpty()) {
            return false;
        }
        if (draws == 1) {
            store.append(run, new RunEvent.RoundStarted(round, attempt, drawn));
        } else {
            drawn.forEach(client -> store.append(run, new RunEvent.ClientAsked(round, client)));
        }
        buffer.asked(drawn);
        for (String client : drawn) {
            train(new Fleet.Sent(new Fleet.Question(round, Phase.FIT, attempt), client));
        }
        return true;
    }

    private void train(Fleet.Sent sent) throws InterruptedException {
        int round = sent.question().round();
        ServerState newest = checkpoint.state();
        ServerState state = round == buffer.round()
                ? newest
                : new ServerState(round - 1, store.model(run, round - 1), newest.slots());
        RoundPlan plan = checkpoint.strategy(spec).plan(state);
        training.add(sent);
        Assignments assignments = new Assignments(run, spec, checkpoint);
        asker.send(sent, assignments.fit(plan, round, sent.client(),
                assignments.isRemembered(plan) ? lastCounted.of(checkpoint, sent.client()) : 0));
    }

    /**
     * Waits for what comes next: an answer, clients, or the time to ask the same again.
     *
     * @param chosen whether somebody was chosen, if there was anybody
     */
    private Optional<Step.End> next(boolean chosen) throws InterruptedException {
        if (!training.isEmpty() || !evaluations.isEmpty()) {
            take();
            return Optional.empty();
        }
        if (stop.isGiven()) {
            return Optional.of(end(new RunEvent.Stopped(checkpoint.state().round())));
        }
        if (!chosen) {
            return Optional.of(asker.end("round " + buffer.round() + " got " + buffer.level()
                    + ", and the cohort's selector chooses none of those who could be asked"));
        }
        if (buffer.tryAgain()) {
            attempt++;
            if (attempt > RunLoop.ATTEMPTS) {
                return Optional.of(asker.end("round " + buffer.round() + " got " + buffer.level()
                        + ", though all were asked " + RunLoop.ATTEMPTS + " times"
                        + Reasons.list("failed", asker.failed())));
            }
            stop.pause(asker.pauseBefore(attempt));
            return Optional.empty();
        }
        SortedSet<String> others = asker.await(1, buffer.counted());
        return others.isEmpty() && !stop.isGiven()
                ? Optional.of(asker.end("round " + buffer.round() + " got " + buffer.level()
                        + ", each of another client, and there are no others than "
                        + Asker.names(buffer.counted())))
                : Optional.empty();
    }

    private void take() throws InterruptedException {
        Optional<Fleet.Answer> came = asker.take();
        if (!came.isPresent()) {
            return;
        }
        Fleet.Answer answer = came.get();
        Fleet.Sent sent = answer.sent();
        if (sent.question().phase() == Phase.FIT) {
            training.remove(sent);
            buffer.take(answer);
        } else {
            EvaluationUnderWay evaluation = evaluation(sent.question().round());
            evaluation.take(answer);
            if (evaluation.isOver()) {
                complete(evaluation);
            }
        }
    }

    private Optional<Step.End> commit() throws InterruptedException {
        ServerState state = buffer.step();
        if (!state.isFinite()) {
            return Optional.of(asker.diverged(buffer.round(), buffer.counted()));
        }
        if (spec.isEvaluated(state.round())) {
            buffer.evaluatedHere(own.measure(state.parameters(), checkpoint.preprocessing()));
        }
        long now = clock.millis();
        RoundRecord record = buffer.record(Duration.ofMillis(Math.max(0, now - begin)));
        checkpoint = checkpoint.after(state, record, asker.refused(), spec.evaluation());
        buffer = new FillingBuffer(run, spec, buffering, checkpoint, store, asker);
        begin = now;
        attempt = 1;
        draws = 0;
        store.save(run, checkpoint, open(), new RunEvent.RoundCommitted(record));
        asker.release();
        asker.forgive();
        if (spec.isEvaluated(state.round()) && evaluations.isEmpty() && state.round() < spec.rounds()) {
            evaluate();
        }
        return Optional.empty();
    }

    /** What was asked, and what of its answers is not in the checkpoint. */
    private Set<Fleet.Sent> open() {
        Set<Fleet.Sent> open = new HashSet<>(training);
        open.addAll(buffer.taken());
        evaluations.values().forEach(evaluation -> open.addAll(evaluation.asked()));
        return open;
    }

    private boolean isMeasured(int round) {
        return evaluations.containsKey(round) || isMeasured(checkpoint.history().get(round - 1));
    }

    private static boolean isMeasured(RoundRecord record) {
        return record.clients().values().stream().anyMatch(part -> !part.evaluation().equals(Metrics.NONE));
    }

    /** Begins to measure the newest model. */
    private void evaluate() throws InterruptedException {
        if (!spec.evaluation().asksNodes()) {
            return;
        }
        awaitReturn();
        int round = checkpoint.state().round();
        EvaluationUnderWay begun = evaluations.get(round);
        Set<String> asked = begun == null
                ? Set.of()
                : begun.asked().stream().map(Fleet.Sent::client).collect(Collectors.toSet());
        for (String client : spec.measuring(round, asker.available().without(asked), asked.size())) {
            evaluation(round).ask(client, checkpoint, checkpoint.state().parameters());
        }
    }

    /** Nobody can be asked by a process that was just started before they have come back; after a moment they have. */
    private void awaitReturn() throws InterruptedException {
        long left = RunLoop.RETURN.toMillis() - Math.max(0, clock.millis() - start);
        if (left > 0) {
            asker.awaitReturn(lately, Duration.ofMillis(left));
        }
    }

    private EvaluationUnderWay evaluation(int round) {
        return evaluations.computeIfAbsent(round, begun -> new EvaluationUnderWay(run, spec, asker, round));
    }

    private void complete(EvaluationUnderWay evaluation) {
        int round = evaluation.round();
        evaluations.remove(round);
        RoundRecord record = evaluation.completed(checkpoint.history().get(round - 1));
        checkpoint = checkpoint.with(record, asker.refused(), spec.evaluation());
        store.save(run, checkpoint, open(), new RunEvent.RoundEvaluated(record));
    }
}
