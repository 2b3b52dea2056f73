package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Schedule;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rounds of each strategy, worked out by hand on a model with one value b that learns: client a has three rows that say 1,
 * client b one that says -2, so a step of the rate ½ halves the distance to 1, or to -2. Two such steps from 0 end at 0.75
 * and at -1.5.
 */
class GoldenRoundsTest {
    static final Schema SCHEMA = new Schema(List.of(new Column.Number("nothing", "")),
            new Column.Number("y", ""));
    static final Map<String, Table> TABLES = Map.of("a", table(3, 1), "b", table(1, -2));
    private static final LocalTraining TWO_STEPS = new LocalTraining(2, LocalTraining.FULL_BATCH, 0.5, 0, 0, false);

    static Stream<Arguments> rounds() {
        return Stream.of(
                of("FedAvg: (3 · 0.75 - 1.5) / 4", 1, Strategies.fedAvg(TWO_STEPS, Weighting.EXAMPLES), 0.1875),
                of("FedAvg, uniform: (0.75 - 1.5) / 2", 1, Strategies.fedAvg(TWO_STEPS, Weighting.UNIFORM), -0.375),
                of("FedSGD: (3 · 0.5 - 1) / 4", 1, Strategies.fedSgd(TWO_STEPS, Weighting.EXAMPLES), 0.125),
                of("FedAvg, rate ½, then ¼: 0.125, then a moves by 0.21875, b by -0.53125", 2,
                        Strategies.fedSgd(TWO_STEPS, Weighting.EXAMPLES).at(new Schedule.Step(0.5, 1, 0.5)),
                        0.125 + (3 * 0.21875 - 0.53125) / 4),
                of("FedAvgM: b = 0.125, v = 0.125; then Δ = 0.0625, v = 0.125", 2,
                        Strategies.fedAvgM(TWO_STEPS.withOneFullBatch(), Weighting.EXAMPLES, 1, 0.5), 0.25),
                of("FedMom, β = ½: v = 0.1875, b = 0.1875 + ½ · 0.1875; then Δ = -0.0234375, v = 0.2578125", 2,
                        Strategies.fedMom(TWO_STEPS, Weighting.EXAMPLES, 1, 0.5),
                        0.2578125 + 0.5 * (0.2578125 - 0.1875)),
                of("FedProx, μ = 1: a stops at 0.5, b at -1", 1,
                        Strategies.fedProx(TWO_STEPS, Weighting.EXAMPLES, 1), 0.125),
                of("FedAdam: Δ = 0.1875, m = 0.1 Δ, v = 0.99 τ² + 0.01 Δ², τ = 0.1", 1,
                        Strategies.adaptive(TWO_STEPS, Weighting.EXAMPLES, Rule.ADAM, 0.5, 0.1),
                        0.5 * 0.01875 / (Math.sqrt(0.0099 + 0.01 * 0.03515625) + 0.1)),
                of("FedYogi: v = τ² + 0.01 Δ², for v < Δ²", 1,
                        Strategies.adaptive(TWO_STEPS, Weighting.EXAMPLES, Rule.YOGI, 0.5, 0.1),
                        0.5 * 0.01875 / (Math.sqrt(0.01 + 0.01 * 0.03515625) + 0.1)),
                of("FedAdagrad: v = τ² + Δ², no momentum", 1,
                        Strategies.adaptive(TWO_STEPS, Weighting.EXAMPLES, Rule.ADAGRAD, 0.5, 0.1),
                        0.5 * 0.1875 / (Math.sqrt(0.01 + 0.03515625) + 0.1)),
                of("SCAFFOLD, round 1: nothing to correct by", 1, Strategies.scaffold(TWO_STEPS, 1, 2), -0.375),
                of("SCAFFOLD, round 2: c_a = -0.75, c_b = 1.5, c = 0.375; a moves by 0.1875, b by -0.375", 2,
                        Strategies.scaffold(TWO_STEPS, 1, 2), -0.46875),
                of("FedNova, 3 steps and 1: 2.5 · (¾ · 0.875 / 3 - ¼ · 1)", 1,
                        Strategies.fedNova(new LocalTraining(1, 1, 0.5, 0, 0, false), Weighting.EXAMPLES), -0.078125),
                of("FedNova, β = ½: a goes to 1.25, as far as 4.25 steps; b to -1", 1,
                        Strategies.fedNova(new LocalTraining(1, 1, 0.5, 0.5, 0, false), Weighting.EXAMPLES),
                        3.4375 * (0.75 * 1.25 / 4.25 - 0.25)),
                of("FedDyn, α = 1, round 1: a stops at 0.5, b at -1, mean -0.25, h = 0.25", 1,
                        Strategies.fedDyn(TWO_STEPS, 1, 2), -0.5),
                of("FedDyn, round 2: a moves by 0.5, b by -0.25, h = 0.125", 2, Strategies.fedDyn(TWO_STEPS, 1, 2),
                        -0.5),
                of("q-FedAvg, q = 1, L = 2: F_a = ½, F_b = 2, h_a = 3.25, h_b = 13", 1,
                        Strategies.qFedAvg(TWO_STEPS, 1), -5.25 / 16.25));
    }

    private static Arguments of(String name, int rounds, Strategy strategy, double expected) {
        return Arguments.of(name, rounds, strategy, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rounds")
    void endWhereTheyShould(String name, int rounds, Strategy strategy, double expected) throws InterruptedException {
        RunSpec spec = spec(strategy, rounds);
        Store store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(Simulation.clients(TABLES), 1)) {
            new RunLoop("run", spec, fleet, store, Simulation.CLOCK).run();
        }

        assertThat(store.latest("run").orElseThrow().state().parameters().get(1)).as(name)
                .isCloseTo((float) expected, within(1e-6f));
    }

    static RunSpec spec(Strategy strategy, int rounds) {
        return new RunSpec("golden", "", new DataSpec("rows", SCHEMA, new HoldOut.None(), false),
                new ModelSpec.Linear(), strategy, rounds,
                new Cohort(2, OptionalInt.empty(), 2, Duration.ofMinutes(1)), 0, StopRule.NEVER, new Seed(1));
    }

    static Table table(int rows, double label) {
        double[] labels = new double[rows];
        Arrays.fill(labels, label);
        return new Table(SCHEMA, new double[][]{new double[rows]}, labels, new boolean[rows]);
    }
}
