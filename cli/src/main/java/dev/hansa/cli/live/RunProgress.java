package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.strategy.Buffering;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a run stands, as told by its events so far. Not safe for several threads. */
final class RunProgress {
    private final RunSpec spec;
    /** How many updates make a step, if they count as they come: then nobody is late for a round. */
    private final Optional<Integer> buffer;
    private final SortedMap<String, NodeProgress> nodes = new TreeMap<>();
    private final List<RoundRecord> rounds = new ArrayList<>();
    private final NodeTraffic traffic = new NodeTraffic();
    private String doing = "starting";
    /** Their answers may be told again, by a coordinator that was started again. */
    private final Set<String> answered = new HashSet<>();
    private int asked;
    private @Nullable RunEvent end;
    /** Of a private run; it takes its time. */
    private final Optional<CompletableFuture<EpsilonCurve>> spending;

    RunProgress(RunSpec spec) {
        this.spec = spec;
        this.spending = spec.privacy()
                .map(plan -> CompletableFuture.supplyAsync(() -> EpsilonCurve.of(plan, plan.rounds())));
        this.buffer = spec.strategy().buffering().map(Buffering::size);
    }

    void apply(RunEvent event) {
        traffic.accept(event);
        switch (event) {
            case RunEvent.Waiting waiting -> {
                doing = Notice.waiting(waiting);
                waiting.present().forEach(client -> node(client, node -> node));
                if (waiting.needed() > 0) {
                    nodes.replaceAll((client, node) -> node.state() == NodeProgress.State.TRAINING
                            && !waiting.present().contains(client) ? node.is(NodeProgress.State.SILENT) : node);
                }
            }
            case RunEvent.ClientDescribed described -> node(described.client(),
                    node -> node.is(NodeProgress.State.READY));
            case RunEvent.ClientRefused refused -> node(refused.client(),
                    node -> node.is(NodeProgress.State.REFUSED));
            case RunEvent.ClientFailed failed -> node(failed.client(), node -> node.is(
                    failed.postponed() ? NodeProgress.State.POSTPONED : NodeProgress.State.FAILED));
            case RunEvent.ClientSilent silent -> node(silent.client(), node -> node.is(NodeProgress.State.LATE));
            case RunEvent.ClientLate _ -> {
                // of a round that is over: the notice tells
            }
            case RunEvent.UpdateDiscarded discarded -> node(discarded.client(),
                    node -> node.is(NodeProgress.State.FAILED));
            case RunEvent.RoundStarted started -> start(started);
            case RunEvent.ClientAsked asking -> node(asking.client(), node -> node.is(NodeProgress.State.TRAINING));
            case RunEvent.ClientAnswered answer -> answered(answer);
            case RunEvent.RoundAbandoned abandoned -> doing = "round " + abandoned.round() + " is tried again: "
                    + abandoned.reason();
            case RunEvent.RoundCommitted committed -> commit(committed.record());
            case RunEvent.Closed _ -> {
            }

            case RunEvent.RoundEvaluated evaluated -> evaluated(evaluated.record());
            case RunEvent.Finished finished -> end("finished: " + finished.reason(), finished);
            case RunEvent.Stopped stopped ->
                    end("stopped by an operator after " + Format.count(stopped.rounds(), "round"),
                            stopped);
            case RunEvent.Failed failed -> end("failed: " + failed.reason(), failed);
        }
    }

    private void start(RunEvent.RoundStarted started) {
        doing = "round " + started.round() + (started.attempt() > 1 ? ", attempt " + started.attempt() : "");
        asked = buffer.orElse(started.cohort().size());
        answered.clear();
        if (buffer.isEmpty()) {
            nodes.replaceAll((client, node) -> node.participates() ? node.is(NodeProgress.State.IDLE) : node);
        }
        started.cohort().forEach(client -> node(client, node -> node.is(NodeProgress.State.TRAINING)));
    }

    private void answered(RunEvent.ClientAnswered answer) {
        boolean fit = answer.phase() == Phase.FIT;
        if (fit) {
            answered.add(answer.client());
        }
        node(answer.client(), node -> fit ? node.is(NodeProgress.State.ANSWERED) : node);
    }

    private void commit(RoundRecord round) {
        rounds.add(round);
        asked = 0;
        round.clients().forEach((client, record) -> node(client, node -> node.measured(record)));
        if (buffer.isEmpty()) {
            nodes.replaceAll(
                    (client, node) -> node.unanswered() ? node.is(NodeProgress.State.LATE)
                            : node);
        }
    }

    private void evaluated(RoundRecord round) {
        rounds.replaceAll(known -> known.round() == round.round() ? round : known);
        round.clients().forEach((client, record) -> node(client, node -> node.measured(record)));
    }

    private void end(String text, RunEvent event) {
        doing = text;
        end = event;
    }

    private void node(String client, Function<NodeProgress, NodeProgress> change) {
        nodes.put(client, change.apply(nodes.getOrDefault(client, NodeProgress.NEW)));
    }

    RunSpec spec() {
        return spec;
    }

    /** By id: all that were ever heard of. */
    SortedMap<String, NodeProgress> nodes() {
        return Collections.unmodifiableSortedMap(nodes);
    }

    /** The committed rounds. */
    List<RoundRecord> rounds() {
        return Collections.unmodifiableList(rounds);
    }

    /** What the run does now, in words. */
    String doing() {
        return doing;
    }

    /** How much of the whole is done, 0 to 1; the answers of the round at hand count as a part of it. */
    double share() {
        double begun = asked == 0 ? 0 : 0.9 * Math.min(1, (double) answered.size() / asked);
        return (rounds.size() + begun) / spec.lastRound();
    }

    /** What is spent for sure of a private run's budget, by round; empty before it is known. */
    Optional<EpsilonCurve> spending() {
        return spending.filter(curve -> curve.isDone() && !curve.isCompletedExceptionally())
                .map(CompletableFuture::join);
    }

    boolean ended() {
        return end != null;
    }

    boolean failed() {
        return end instanceof RunEvent.Failed;
    }

    /** All bytes so far. */
    NodeTraffic traffic() {
        return traffic;
    }
}
