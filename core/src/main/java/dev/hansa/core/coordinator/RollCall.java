package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.StatisticsSum;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.Named;
import dev.hansa.core.model.Names;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.question.Standardising;
import dev.hansa.core.statistics.MomentsSum;
import dev.hansa.core.strategy.ServerState;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The time before the first round: everybody is asked for statistics until enough clients have answered or refused, and
 * the answers become the preprocessing of the run.
 */
final class RollCall {
    /** So many questions in a row that nobody answers end it. */
    private static final int ATTEMPTS = 10;
    /** Whose owner decides after that is asked soon: before this attempt there is a pause of some seconds. */
    static final int PATIENT = 5;

    private final String run;
    private final RunSpec spec;
    private final Asker asker;
    private final Store store;
    /** Why nobody may be asked among so many; empty if they may. */
    private final BiFunction<Set<String>, Names, Optional<String>> objection;
    /** By client: how many rows it trains on. */
    private final SortedMap<String, Long> described = new TreeMap<>();
    /** What they tell together: the same bits, whoever answered first. */
    private final StatisticsSum together = new StatisticsSum();
    /** In the place of sums over columns, where nobody may be given away by these. */
    private final Optional<Standardising> hidden;
    private final Optional<MomentsSum> moments;
    private final NoiseSource noise;
    private int attempt;

    RollCall(String run, RunSpec spec, Asker asker, Store store, NoiseSource noise,
            BiFunction<Set<String>, Names, Optional<String>> objection) {
        this.hidden = spec.privacy().flatMap(PrivacyPlan::statistics);
        this.moments = hidden.map(MomentsSum::new);
        this.noise = noise;
        this.run = run;
        this.spec = spec;
        this.asker = asker;
        this.store = store;
        this.objection = objection;
    }

    /**
     * Saves the first checkpoint, which begins in the given state. Noise that the coordinator adds is drawn before and in
     * nothing but that checkpoint, so that of a process that ends between nobody sees any.
     */
    Step hold(ServerState start, StopSignal stop) throws InterruptedException {
        Cohort cohort = spec.cohort();
        Optional<Fleet.Asked> begun = asker.asked(0, Phase.DESCRIBE);
        if (begun.isPresent()) {
            attempt = begun.get().attempt() - 1;
            ask(begun.get().clients());
        }
        int inVain = 0;
        while (described.size() < cohort.minimumReports()
                || described.size() + asker.refused().size() < cohort.nodes()) {
            int wanted = cohort.wanted(asker.refused().size());
            Names present = stop.isGiven() ? Names.NONE : asker.await(wanted);
            if (stop.isGiven()) {
                return new Step.End(new RunEvent.Stopped(0));
            }
            if (present.size() < wanted) {
                return asker
                        .end("the run waits for " + wanted + " clients, and there are only " + Asker.names(present));
            }
            Optional<String> refused = objection.apply(described.keySet(), present);
            if (refused.isPresent()) {
                return asker.end("the run was not begun: " + refused.get());
            }
            present = present.without(described.keySet());
            inVain = ask(present) ? 0 : inVain + 1;
            if (asker.isPostponed()) { // people take their time
                inVain = Math.min(inVain, PATIENT - 1);
            }
            if (inVain == ATTEMPTS) {
                if (described.size() >= cohort.minimumReports()) {
                    break; // without those who are there but never answer
                }
                return asker.end("asked for their statistics " + ATTEMPTS + " times, each time with the deadline "
                        + cohort.deadline() + ", none of " + Asker.names(present) + " gave them"
                        + Reasons.list("failed", asker.failed()));
            }
            if (inVain > 0) {
                stop.pause(asker.pauseBefore(inVain + 1));
            }
        }
        Checkpoint first = new Checkpoint(start, preprocessing(), rows(), asker.refused(), List.of());
        store.save(run, first);
        asker.release();
        return new Step.Go(first);
    }

    /** Whether anybody answered or refused. */
    private boolean ask(SortedSet<String> clients) throws InterruptedException {
        int before = described.size() + asker.refused().size();
        attempt++;
        asker.ask(new Fleet.Question(0, Phase.DESCRIBE, attempt), clients,
                client -> new Task.Describe(run, spec.data(), hidden, spec.seed().derive("moments").derive(client)),
                Report.Described.class, this::add);
        return described.size() + asker.refused().size() > before;
    }

    private void add(String client, Report.Described report) {
        TableStatistics statistics = report.statistics();
        long[] numbers = report.moments().stream().mapToLong(Long::longValue).toArray();
        Optional<String> problem = moments.flatMap(sum -> sum.problem(numbers, statistics.trainingRows()));
        Set<String> expected = spec.data().standardise() && !hidden.isPresent()
                ? TableStatistics.numberColumns(spec.data().schema())
                : Collections.emptySet();
        if (!statistics.columns().keySet().equals(expected)) {
            asker.refuse(client, "its statistics are of the columns " + statistics.columns().keySet() + ", expected "
                    + expected);
        } else if (!together.takes(statistics)) {
            asker.refuse(client, "its numbers are too large to be squared and added up");
        } else if (problem.isPresent()) {
            asker.refuse(client, problem.get());
        } else {
            moments.ifPresent(sum -> sum.add(numbers));
            together.add(statistics);
            described.put(client, statistics.trainingRows());
            store.append(run,
                    new RunEvent.ClientDescribed(client, statistics.trainingRows(), statistics.heldOutRows()));
        }
    }

    /** By which sums are divided: what everybody may know. */
    private double participants(Standardising asked) {
        if (asked.ofRows()) {
            return together.total().trainingRows();
        }
        boolean known = spec.privacy().filter(plan -> plan.drawing().adjacency() != Adjacency.ADD_OR_REMOVE_ONE)
                .isPresent();
        return known ? described.size() : spec.cohort().nodes();
    }

    private SortedMap<String, Long> rows() {
        return Named.owning(Names.copyOf(described.keySet()),
                described.values().toArray(new Long[0]));
    }

    private Preprocessing preprocessing() {
        if (hidden.isPresent() && moments.isPresent()) {
            return Preprocessing.of(spec.data().schema(),
                    moments.get().scales(participants(hidden.get()), noise.bytes(spec.seed().derive("moments"))));
        }
        return spec.data().standardise()
                ? Preprocessing.standardising(spec.data().schema(), together.total())
                : Preprocessing.identity(spec.data().schema());
    }
}
