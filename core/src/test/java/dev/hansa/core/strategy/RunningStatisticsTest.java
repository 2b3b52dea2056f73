package dev.hansa.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is measured and not trained follows its mean over the clients, whatever the strategy does with gradients. */
class RunningStatisticsTest {
    private static final LocalTraining TRAINING = new LocalTraining(1, 8, 0.1, 0, 0, false);
    private static final Layout MODEL = Layout.of(TensorShape.of("weight", 1), TensorShape.of("norm1.running_mean", 1),
            TensorShape.of("norm1.running_var", 1));
    private static final Parameters START = Parameters.of(MODEL, 1, 0, 1);

    static Stream<Combination> strategies() {
        return Stream.of(Strategies.fedAvg(TRAINING, Weighting.UNIFORM),
                Strategies.fedAvg(TRAINING, Weighting.UNIFORM, 2.5),
                Strategies.fedAvgM(TRAINING, Weighting.UNIFORM, 1, 0.9),
                Strategies.adaptive(TRAINING, Weighting.UNIFORM, Rule.ADAM, 0.5, 1e-3),
                Strategies.adaptive(TRAINING, Weighting.UNIFORM, Rule.YOGI, 0.5, 1e-3),
                Strategies.adaptive(TRAINING, Weighting.UNIFORM, Rule.ADAGRAD, 0.5, 1e-3),
                Strategies.scaffold(TRAINING, 2, 2), Strategies.fedDyn(TRAINING, 0.1, 2));
    }

    /** Two clients whose running values fall to (3, 0.02) and (5, 0.04), and stay there. */
    @ParameterizedTest
    @MethodSource("strategies")
    void followTheirMean(Combination strategy) {
        DriftCorrection correction = DriftCorrection.of(strategy.training());
        ServerState state = strategy.start(START);
        Parameters[] remembered = {Parameters.zeros(MODEL), Parameters.zeros(MODEL)};
        for (int round = 0; round < 5; round++) {
            RoundPlan plan = strategy.plan(state);
            Aggregator.Accumulator accumulator = plan.aggregator().start(plan.parameters().layout());
            for (int client = 0; client < 2; client++) {
                DriftCorrection.Start start = correction.start(plan.parameters(), Optional.of(remembered[client]));
                Parameters trained = Parameters.of(MODEL, start.model().get(0) - 0.1f, 3 + 2 * client,
                        0.02f * (client + 1));
                DriftCorrection.End end = correction.end(start, trained.minus(start.model()), 4);
                remembered[client] = end.remember().orElse(remembered[client]);
                accumulator.add(new ModelUpdate(end.difference(), 10, Sums.NONE));
            }
            state = strategy.step(state, accumulator.finish());

            assertThat(state.parameters().get(1)).isEqualTo(4, within(1e-6f));
            assertThat(state.parameters().get(2)).isEqualTo(0.03f, within(1e-6f));
        }
        assertThat(state.parameters().get(0)).isLessThan(1);
        for (Parameters kept : remembered) {
            assertThat(kept.get(1)).as("nothing to correct").isZero();
            assertThat(kept.get(2)).isZero();
        }
    }

    @Test
    void aVarianceIsNeverNegative() {
        Combination strategy = Strategies.fedAvg(TRAINING, Weighting.UNIFORM);
        Aggregate rounded = new Aggregate(Parameters.of(MODEL, 0, 0, -1.01f), 1, 1, Sums.NONE);

        assertThat(strategy.step(strategy.start(START), rounded).parameters().get(2)).isZero();
    }

    @Test
    void aModelWithoutAnyIsLeftAlone() {
        Layout plain = Layout.of(TensorShape.of("weight", 1));
        Combination strategy = new Combination(TRAINING, new WeightedMean(Weighting.UNIFORM),
                new ServerSgd(new Schedule.Constant(2), 0));
        Aggregate aggregate = new Aggregate(Parameters.of(plain, 3), 1, 1, Sums.NONE);

        assertThat(strategy.step(strategy.start(Parameters.of(plain, 1)), aggregate).parameters().get(0)).isEqualTo(7);
    }
}
