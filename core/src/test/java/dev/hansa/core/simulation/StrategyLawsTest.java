package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Schedule;
import dev.hansa.core.strategy.ServerAdaptive;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When strategies are the same, whatever the data, the model and the training, on many seeds. */
class StrategyLawsTest {
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 3;

    static List<Long> seeds() {
        return new SplittableRandom(4).longs(20).boxed().toList();
    }

    private static Schema schema(long seed) {
        return Math.floorMod(seed, 2) == 0 ? RandomTables.REGRESSION : RandomTables.CLASSES;
    }

    private static ModelSpec model(long seed) {
        return Math.floorMod(seed, 3) == 0
                ? new ModelSpec.Mlp(List.of(4))
                : Math.floorMod(seed, 2) == 0 ? new ModelSpec.Linear() : new ModelSpec.Softmax();
    }

    private static LocalTraining training(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new LocalTraining(1 + random.nextInt(3), random.nextInt(8), 0.01 + 0.1 * random.nextDouble(), 0,
                random.nextInt(2) * 0.01, random.nextBoolean());
    }

    private static SortedMap<String, Table> tables(long seed, boolean equalSizes) {
        SplittableRandom random = new SplittableRandom(seed);
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < CLIENTS; client++) {
            tables.put("client-" + client, RandomTables.of(schema(seed), equalSizes ? 9 : 3 + random.nextInt(20),
                    random.nextLong()));
        }
        return tables;
    }

    private static Parameters run(long seed, Strategy strategy, int rounds, boolean equalSizes)
            throws InterruptedException {
        return Simulation.run(Simulation.spec(schema(seed), model(seed), strategy, rounds, CLIENTS),
                tables(seed, equalSizes), 2);
    }

    private static void assertSame(Parameters actual, Parameters expected) {
        assertThat(actual.minus(expected).l2Norm()).isCloseTo(0, within(1e-5 * (1 + expected.l2Norm())));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void fedProxWithoutPullIsFedAvg(long seed) throws InterruptedException {
        Combination fedAvg = Strategies.fedAvg(training(seed), Weighting.EXAMPLES);
        Parameters model = run(seed, fedAvg, ROUNDS, false);
        assertThat(run(seed, Strategies.fedProx(training(seed), Weighting.EXAMPLES, 0), ROUNDS, false))
                .isEqualTo(model);
        assertThat(run(seed, Strategies.fedProx(training(seed).withSteps(5), Weighting.EXAMPLES, 1), ROUNDS, false))
                .isNotEqualTo(run(seed, Strategies.fedAvg(training(seed).withSteps(5), Weighting.EXAMPLES), ROUNDS,
                        false));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aStrongerPullKeepsTheModelNearer(long seed) throws InterruptedException {
        LocalTraining training = training(seed).withEpochs(5);
        Parameters start = Learners.of(model(seed), schema(seed)).initial(new Seed(7).derive("initial"));
        double before = Double.POSITIVE_INFINITY;
        for (double mu : new double[]{0, 1, 4}) {
            double moved = run(seed, Strategies.fedProx(training, Weighting.EXAMPLES, mu), 1, false).minus(start)
                    .l2Norm();
            assertThat(moved).as("μ = " + mu).isLessThan(before);
            before = moved;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void scaffoldWithOneStepAndNoControlsIsFedSgd(long seed) throws InterruptedException {
        LocalTraining oneStep = training(seed).withOneFullBatch();
        assertSame(run(seed, Strategies.scaffold(oneStep, 1, CLIENTS), 1, false),
                run(seed, Strategies.fedAvg(oneStep, Weighting.UNIFORM), 1, false));
    }

    /** Each correction is then the same for all, and their mean is zero. */
    @ParameterizedTest
    @MethodSource("seeds")
    void scaffoldOfEqualClientsIsFedAvg(long seed) throws InterruptedException {
        LocalTraining training = training(seed).withOneFullBatch().withEpochs(3);
        Table table = tables(seed, true).get("client-0");
        SortedMap<String, Table> equal = new TreeMap<>();
        List.of("a", "b", "c").forEach(id -> equal.put(id, table));
        Strategy scaffold = Strategies.scaffold(training, 1, 3);
        Strategy fedAvg = Strategies.fedAvg(training, Weighting.UNIFORM);
        assertSame(Simulation.run(Simulation.spec(schema(seed), model(seed), scaffold, ROUNDS, 3), equal, 2),
                Simulation.run(Simulation.spec(schema(seed), model(seed), fedAvg, ROUNDS, 3), equal, 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void qFedAvgWithoutFairnessIsUniformFedAvg(long seed) throws InterruptedException {
        assertSame(run(seed, Strategies.qFedAvg(training(seed), 0), ROUNDS, false),
                run(seed, Strategies.fedAvg(training(seed), Weighting.UNIFORM), ROUNDS, false));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void fedNovaOfEquallyManyStepsIsFedAvg(long seed) throws InterruptedException {
        for (LocalTraining training : List.of(training(seed).withSteps(6),
                new LocalTraining(2, 4, 0.05, 0.7, 0.01, true).withProximalMu(0.3).withSteps(7))) {
            for (Weighting weighting : Weighting.values()) { // nodes have as many steps, but not as many rows
                assertSame(run(seed, Strategies.fedNova(training, weighting), ROUNDS, false),
                        run(seed, Strategies.fedAvg(training, weighting), ROUNDS, false));
            }
        }
    }

    /** With n_k steps each, {@code (Σ p_k n_k) Σ p_k Δ_k / n_k} and {@code p_k = n_k / Σ n} is the uniform mean, rescaled. */
    @ParameterizedTest
    @MethodSource("seeds")
    void fedNovaOfAsManyStepsAsRowsIsARescaledUniformMean(long seed) throws InterruptedException {
        LocalTraining training = new LocalTraining(1, 1, 0.02, 0, 0, false);
        double[] rows = tables(seed, false).values().stream().mapToDouble(Table::rows).toArray();
        double all = Arrays.stream(rows).sum();
        double rate = Arrays.stream(rows).map(n -> n * n).sum() * CLIENTS / (all * all);

        Parameters nova = run(seed, Strategies.fedNova(training, Weighting.EXAMPLES), 1, false);

        assertSame(nova, run(seed, Strategies.fedAvg(training, Weighting.UNIFORM, rate), 1, false));
        assertThat(nova).as("what it is not")
                .isNotEqualTo(run(seed, Strategies.fedAvg(training, Weighting.EXAMPLES), 1, false));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void momentumOfZeroIsFedAvg(long seed) throws InterruptedException {
        assertSame(run(seed, Strategies.fedAvgM(training(seed), Weighting.EXAMPLES, 0.7, 0), ROUNDS, false),
                run(seed, Strategies.fedAvg(training(seed), Weighting.EXAMPLES, 0.7), ROUNDS, false));
    }

    /** With τ far above all differences v hardly leaves τ², and (1 - β1) η / 2τ is the server's rate. */
    @ParameterizedTest
    @MethodSource("seeds")
    void adaptiveStrategiesWithAHugeTauAreFedAvg(long seed) throws InterruptedException {
        double tau = 1e6;
        Parameters fedAvg = run(seed, Strategies.fedAvg(training(seed), Weighting.EXAMPLES), 1, false);
        for (Rule rule : Rule.values()) {
            double v = rule == Rule.ADAM ? 0.99 : 1; // of τ², after a round
            double eta = tau * (Math.sqrt(v) + 1) / (rule == Rule.ADAGRAD ? 1 : 0.1);
            assertSame(run(seed, Strategies.adaptive(training(seed), Weighting.EXAMPLES, rule, eta, tau), 1, false),
                    fedAvg);
        }
    }

    /** From v = 0 √v does not count at all beside such a τ: what remains is momentum, and (1 - β1) η / τ is its rate. */
    @ParameterizedTest
    @MethodSource("seeds")
    void adaptiveStrategiesFromZeroWithAHugeTauAreFedAvgM(long seed) throws InterruptedException {
        double tau = 1e6;
        Combination adaptive = Strategies.fedAvg(training(seed), Weighting.EXAMPLES);
        for (double beta1 : new double[]{0, 0.5, 0.9}) {
            Parameters momentum = run(seed,
                    Strategies.fedAvgM(training(seed), Weighting.EXAMPLES, 0.7 * (1 - beta1), beta1), ROUNDS, false);
            for (Rule rule : Rule.values()) {
                assertSame(run(seed, adaptive.moving(new ServerAdaptive(rule, new Schedule.Constant(0.7 * tau), beta1,
                        0.99, tau, 0)), ROUNDS, false), momentum);
            }
        }
    }
}
