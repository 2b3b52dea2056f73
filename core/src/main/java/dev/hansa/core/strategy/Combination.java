package dev.hansa.core.strategy;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.RunningStatistics;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import java.util.Collections;
import java.util.Optional;

/**
 * A federated algorithm as a point on five axes: what clients do, how their updates become one, how that one moves the
 * model, how clients are kept from drifting apart (which {@link LocalTraining#drift} says), and whether updates come in
 * rounds. {@link Strategies} has the combinations that have names.
 *
 * @param training   what clients do; its rate is that of the schedule
 * @param rate       of the clients' steps, round by round
 * @param aggregator how their updates become one
 * @param optimizer  how that one moves the model
 * @param population how many clients there are, of which a cohort is drawn; at least 1. Only drift corrections look at it
 * @param buffering  how updates count as they come; empty for rounds
 */
public record Combination(LocalTraining training, Schedule rate, Aggregator aggregator, ServerOptimizer optimizer,
        int population, Optional<Buffering> buffering) implements Strategy {
    private static final String AGGREGATE = "aggregate";

    public Combination {
        if (population < 1) {
            throw new IllegalArgumentException("population is " + population + ", expected at least 1");
        }
        if (training.drift() != Drift.UNCORRECTED && !(aggregator instanceof WeightedMean)) {
            throw new IllegalArgumentException(training.drift() + " keeps the mean of what all clients report, and the "
                    + "updates become one by " + aggregator + ", expected a weighted mean");
        }
        if (training.drift() != Drift.UNCORRECTED && buffering.isPresent()) {
            throw new IllegalArgumentException(
                    training.drift() + " keeps in step what clients and coordinator remember, "
                            + "which needs rounds, and updates count as they come");
        }
    }

    /** With the rate of the training in each round. */
    public Combination(LocalTraining training, Aggregator aggregator, ServerOptimizer optimizer) {
        this(training, new Schedule.Constant(training.rate()), aggregator, optimizer, 1, Optional.empty());
    }

    @Override
    public Combination among(int clients) {
        return new Combination(training, rate, aggregator, optimizer, clients, buffering);
    }

    /** With rates of the schedule. */
    public Combination at(Schedule schedule) {
        return new Combination(training, schedule, aggregator, optimizer, population, buffering);
    }

    /** With that rule to combine the updates. */
    public Combination aggregating(Aggregator rule) {
        return new Combination(training, rate, rule, optimizer, population, buffering);
    }

    /** With that optimiser on the server. */
    public Combination moving(ServerOptimizer server) {
        return new Combination(training, rate, aggregator, server, population, buffering);
    }

    /** With steps on the server of these rates. */
    public Combination movingAt(Schedule rates) {
        return moving(optimizer.at(rates));
    }

    /** The same without rounds. */
    public Combination buffering(Buffering buffer) {
        return new Combination(training, rate, aggregator, optimizer, population, Optional.of(buffer));
    }

    @Override
    public ServerState start(Parameters initial) {
        return ServerState.start(initial);
    }

    @Override
    public RoundPlan plan(ServerState state) {
        LocalTraining now = training.withRate(rate.at(state.round() + 1));
        return new RoundPlan(DriftCorrection.of(now).sent(state), now, rule(state, now));
    }

    private Aggregator rule(ServerState state, LocalTraining now) {
        Optional<Parameters> last = Optional.ofNullable(state.slots().get(AGGREGATE));
        return aggregator.in(new Aggregator.Round(state.round() + 1, now, last));
    }

    @Override
    public Optional<String> trusts() {
        return aggregator.trusts();
    }

    @Override
    public int leastUpdates() {
        return aggregator.leastUpdates();
    }

    /**
     * A partial update weighs what a whole one of its client would: Li et al., <i>Federated Optimization in Heterogeneous
     * Networks</i>, MLSys 2020, Algorithm 2. McMahan et al. drop such clients, which the former found to learn less (sections
     * 3.2 and 5.2). SCAFFOLD and FedNova divide by the steps that were made; FedDyn and q-FedAvg rely on nothing but the
     * difference.
     */
    @Override
    public boolean usesPartialWork() {
        return true;
    }

    @Override
    public ServerState step(ServerState state, Aggregate aggregate) {
        DriftCorrection correction = DriftCorrection.of(training);
        ParameterSource difference = correction.ofModel(aggregate).mean();
        ServerState stepped = optimizer.step(state, difference);
        ServerState after = correction.after(stepped, aggregate, population);
        after = after.with(RunningStatistics.averaged(state.parameters(), difference, after.parameters()));
        return aggregator.looksBack()
                ? after.with(Collections.singletonMap(AGGREGATE, Parameters.load(aggregate.mean())))
                : after;
    }
}
