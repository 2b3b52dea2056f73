package dev.hansa.cli.report;

import dev.hansa.cli.live.EpsilonCurve;
import dev.hansa.cli.live.Format;
import dev.hansa.core.coordinator.BestRound;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.Failures;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.coordinator.Unmeasured;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that is reported of a run.
 *
 * @param specText   the run file, to the letter
 * @param spec       the run file, read
 * @param rounds     the committed rounds, first to last
 * @param outcome    {@link RunEvent.Finished}, {@link RunEvent.Stopped} or {@link RunEvent.Failed}
 * @param refused    nodes that took no part, with their reasons
 * @param late       the answers that came after their round had closed, before the run ended
 * @param abandoned  attempts at rounds that did not get what they needed, and were made again
 * @param trafficByNode    with each node, all bytes: also before the first round and in rounds that were abandoned
 * @param started    when the run began
 * @param duration   of the whole run, waiting for nodes included
 * @param setting    where it ran
 * @param comparison with models trained otherwise
 * @param closing    what nodes answered after the last round
 * @param failed     why nodes gave no answer that could be used
 */
public record RunResult(String specText, RunSpec spec, List<RoundRecord> rounds, RunEvent outcome,
        SortedMap<String, String> refused, List<RunEvent.ClientLate> late, List<RunEvent.RoundAbandoned> abandoned,
        SortedMap<String, Traffic> trafficByNode, Instant started, Duration duration, Setting setting,
        Optional<Comparison> comparison, Closing closing, List<Failures.Failure> failed) {

    public RunResult {
        rounds = List.copyOf(rounds);
        refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
        late = List.copyOf(late);
        abandoned = List.copyOf(abandoned);
        failed = List.copyOf(failed);
        trafficByNode = Collections.unmodifiableSortedMap(new TreeMap<>(trafficByNode));
    }

    /** Of a run in which each answer could be used. */
    public RunResult(String specText, RunSpec spec, List<RoundRecord> rounds, RunEvent outcome,
            SortedMap<String, String> refused, List<RunEvent.ClientLate> late, List<RunEvent.RoundAbandoned> abandoned,
            SortedMap<String, Traffic> trafficByNode, Instant started, Duration duration, Setting setting,
            Optional<Comparison> comparison, Closing closing) {
        this(specText, spec, rounds, outcome, refused, late, abandoned, trafficByNode, started, duration, setting,
                comparison, closing, List.of());
    }

    /** Of a run that asks nothing after its last round. */
    public RunResult(String specText, RunSpec spec, List<RoundRecord> rounds, RunEvent outcome,
            SortedMap<String, String> refused, List<RunEvent.ClientLate> late, List<RunEvent.RoundAbandoned> abandoned,
            SortedMap<String, Traffic> trafficByNode, Instant started, Duration duration, Setting setting,
            Optional<Comparison> comparison) {
        this(specText, spec, rounds, outcome, refused, late, abandoned, trafficByNode, started, duration, setting,
                comparison, Closing.NONE);
    }

    /** The same run, with these answers after its last round. */
    public RunResult with(Closing answers) {
        return new RunResult(specText, spec, rounds, outcome, refused, late, abandoned, trafficByNode, started,
                duration, setting, comparison, answers, failed);
    }

    /** The same run, compared. */
    public RunResult with(Comparison compared) {
        return new RunResult(specText, spec, rounds, outcome, refused, late, abandoned, trafficByNode, started,
                duration, setting,
                Optional.of(compared), closing, failed);
    }

    /** What a private run has promised away after which of its rounds; empty if it promises nothing, or had no round. */
    public Optional<EpsilonCurve> spent() {
        return spec.privacy().filter(plan -> !rounds.isEmpty()).map(plan -> EpsilonCurve.of(plan, rounds.size()));
    }

    /** The round whose model is the best by the run's evaluation, if one was measured so. */
    public Optional<BestRound> best() {
        return spec.evaluation().best(rounds);
    }

    /** Whether the run went on to its own end. */
    public boolean finished() {
        return outcome instanceof RunEvent.Finished;
    }

    /** In a word: finished, stopped or failed. */
    public String ending() {
        return finished() ? "finished" : outcome instanceof RunEvent.Stopped ? "stopped" : "failed";
    }

    /** What was asked for and not measured. */
    public List<Unmeasured> unmeasured() {
        return Unmeasured.of(spec, rounds, closing, refused, true);
    }

    /** Why the run ended. */
    public String reason() {
        return switch (outcome) {
            case RunEvent.Finished finished -> finished.reason();
            case RunEvent.Stopped stopped -> "stopped by an operator after "
                    + Format.count(stopped.rounds(), "round");
            case RunEvent.Failed failed -> failed.reason();
            default -> throw new IllegalArgumentException("the run has not ended but " + outcome);
        };
    }

    /** The nodes that took part in at least one round. */
    public SortedSet<String> nodes() {
        SortedSet<String> nodes = new TreeSet<>();
        rounds.forEach(round -> nodes.addAll(round.clients().keySet()));
        return nodes;
    }

    /** How many nodes there were, as far as it is known. */
    public int population() {
        SortedSet<String> known = nodes();
        known.addAll(trafficByNode.keySet());
        int least = SecretDraws.count(spec) ? spec.cohort().nodes() : 0;
        return setting.fleet().map(fleet -> fleet.rows().size()).orElse(Math.max(least, known.size()));
    }

    /** All bytes between the coordinator and the nodes. */
    public Traffic traffic() {
        return trafficByNode.values().stream().reduce(Traffic.NONE, Traffic::plus);
    }

    /**
     * Where a run ran.
     *
     * @param simulated in one process, so that nothing went over a network
     * @param place     the run's id and the coordinator's address, or what was simulated
     * @param repeat    the command that runs it again
     * @param version   of Hansa
     * @param fleet     what was simulated
     */
    public record Setting(boolean simulated, String place, String repeat, String version,
            Optional<SimulatedFleet> fleet) {

        /** Nothing is told of what was simulated, if anything was. */
        public Setting(boolean simulated, String place, String repeat, String version) {
            this(simulated, place, repeat, version, Optional.empty());
        }

        /** Whether the durations of rounds are times of the simulated devices. */
        public boolean hasVirtualTime() {
            return fleet.flatMap(SimulatedFleet::devices).isPresent();
        }
    }
}
