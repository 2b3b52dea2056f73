package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Schedule;
import dev.hansa.core.strategy.ServerAdaptive;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import dev.hansa.core.strategy.Staleness;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What learning without rounds is equal to, and what it makes of time; FLSim's tests of FedBuff have most of these laws. */
class AsynchronousLawsTest {
    private static final Staleness ROOT = new Staleness.Polynomial(0.5);
    /** One step of the rate 1 sends the gradient itself. */
    private static final LocalTraining GRADIENT = new LocalTraining(1, LocalTraining.FULL_BATCH, 1, 0, 0, false);

    static List<Long> seeds() {
        return new SplittableRandom(8).longs(20).boxed().toList();
    }

    private static SortedMap<String, Table> tables(long seed, int clients, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < clients; client++) {
            tables.put("client-" + client,
                    RandomTables.of(RandomTables.CLASSES, rows > 0 ? rows : 3 + random.nextInt(20), random.nextLong()));
        }
        return tables;
    }

    private static RunSpec spec(Strategy strategy, int rounds, int nodes, OptionalInt atWork) {
        return new RunSpec("test", "", new DataSpec("rows", RandomTables.CLASSES, new HoldOut.None(), true),
                new ModelSpec.Softmax(), strategy, rounds, new Cohort(nodes, atWork, 1, Duration.ofHours(1)), 0,
                StopRule.NEVER, new Seed(7));
    }

    private static Checkpoint run(RunSpec spec, SortedMap<String, Table> tables, int threads, Durations durations)
            throws InterruptedException {
        MemoryStore store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(Simulation.clients(tables), threads, durations)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, fleet.clock()).run();
        }
        return store.latest(Simulation.RUN).orElseThrow();
    }

    private static Parameters model(RunSpec spec, SortedMap<String, Table> tables) throws InterruptedException {
        return run(spec, tables, 2, Durations.NONE).state().parameters();
    }

    private static LocalTraining training(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new LocalTraining(1 + random.nextInt(3), random.nextInt(8), 0.01 + 0.1 * random.nextDouble(), 0, 0,
                random.nextBoolean());
    }

    /** All begin together, and nobody is asked again before all have answered: so it is in each of the steps. */
    @ParameterizedTest
    @MethodSource("seeds")
    void bufferOfAllClientsIsARound(long seed) throws InterruptedException {
        SortedMap<String, Table> tables = tables(seed, 4, 0);
        Strategy rounds = Strategies.fedAvg(training(seed), Weighting.UNIFORM, 0.7);
        RunSpec buffered = spec(Strategies.fedBuff(training(seed), 0.7, 4, ROOT), 3, 4, OptionalInt.empty());
        Durations durations = new Durations.HalfNormal(Duration.ofSeconds(60), new Seed(seed));

        Parameters expected = model(spec(rounds, 3, 4, OptionalInt.empty()), tables);
        assertThat(model(buffered, tables)).isEqualTo(expected);
        assertClose(run(buffered, tables, 2, durations).state().parameters(), expected);
    }

    /** What a client goes on with is that of its last step, as it would be that of the last round. */
    @ParameterizedTest
    @MethodSource("seeds")
    void bufferOfAllClientsIsARoundToThoseWhoRememberToo(long seed) throws InterruptedException {
        SortedMap<String, Table> tables = tables(seed, 4, 0);
        Compression half = new Compression(Compression.Values.FLOAT32, 256, 0.5, false);
        Strategy rounds = Strategies.fedAvg(training(seed), Weighting.UNIFORM, 0.7);
        Strategy buffered = Strategies.fedBuff(training(seed), 0.7, 4, ROOT);

        assertThat(model(compressed(spec(buffered, 3, 4, OptionalInt.empty()), half), tables))
                .isEqualTo(model(compressed(spec(rounds, 3, 4, OptionalInt.empty()), half), tables));
    }

    private static RunSpec compressed(RunSpec spec, Compression compression) {
        return new RunSpec(spec.name(), spec.purpose(), spec.data(), spec.model(), spec.strategy(), compression,
                spec.rounds(), spec.cohort(), spec.evaluation(), spec.stop(), spec.seed());
    }

    private static void assertClose(Parameters actual, Parameters expected) {
        assertThat(actual.minus(expected).l2Norm()).isCloseTo(0, within(1e-5 * (1 + expected.l2Norm())));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sequentialBufferOfOneIsTransferFromClientToClient(long seed) throws InterruptedException {
        SortedMap<String, Table> tables = tables(seed, 1, 0);
        Strategy rounds = Strategies.fedAvg(training(seed), Weighting.UNIFORM);

        Parameters expected = model(spec(rounds, 5, 1, OptionalInt.empty()), tables);
        assertThat(model(spec(Strategies.fedBuff(training(seed), 1, 1, ROOT), 5, 1, OptionalInt.of(1)), tables))
                .isEqualTo(expected);
        assertThat(model(spec(Strategies.fedAsync(training(seed), 1, ROOT), 5, 1, OptionalInt.of(1)), tables))
                .as("what is mixed makes no difference to fresh updates").isEqualTo(expected);
    }

    /** With one row a client, the local rate 1 and one client at a time it is plain stochastic gradient descent. */
    @ParameterizedTest
    @MethodSource("seeds")
    void sequentialBufferOfOneIsCentralGradientDescent(long seed) throws InterruptedException {
        assertLearnsLike(seed, Strategies.fedBuff(GRADIENT, 0.25, 1, ROOT), (model, gradient) -> {
            for (int i = 0; i < model.length; i++) {
                model[i] -= 0.25 * gradient[i];
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sequentialBufferOfOneIsCentralAdam(long seed) throws InterruptedException {
        double[] m = new double[FEATURES + 1];
        double[] v = new double[FEATURES + 1];
        assertLearnsLike(seed, Strategies.fedBuff(GRADIENT, 1, 1, ROOT)
                .moving(new ServerAdaptive(Rule.ADAM, new Schedule.Constant(0.1), 0.9, 0.99, 0.01, 0)),
                (model, gradient) -> {
                    for (int i = 0; i < model.length; i++) {
                        m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                        v[i] = 0.99 * v[i] + 0.01 * gradient[i] * gradient[i];
                        model[i] -= 0.1 * m[i] / (Math.sqrt(v[i]) + 0.01);
                    }
                });
    }

    /** Changes the model. */
    private interface Central {
        void step(double[] model, double[] gradient);
    }

    private static final int FEATURES = 3;
    private static final Schema SCHEMA = new Schema(
            List.of(new Column.Number("p", ""), new Column.Number("q", ""), new Column.Number("r", "")),
            new Column.Number("y", ""));

    /** {@code y = w x + b} comes out as an optimiser makes it of the same rows, one after the other. */
    private static void assertLearnsLike(long seed, Strategy strategy, Central central) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        SortedMap<String, double[]> rows = new TreeMap<>();
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < 6; client++) {
            double[] row = random.doubles(FEATURES + 1, -1, 1).toArray();
            rows.put("client-" + client, row);
            tables.put("client-" + client, new Table(SCHEMA, new double[][]{{row[0]}, {row[1]}, {row[2]}},
                    new double[]{2 * row[FEATURES]}, new boolean[1]));
        }
        Checkpoint end = run(new RunSpec("test", "", new DataSpec("rows", SCHEMA, new HoldOut.None(), false),
                new ModelSpec.Linear(), strategy, 30, new Cohort(6, OptionalInt.of(1), 1, Duration.ofHours(1)), 0,
                StopRule.NEVER, new Seed(7)), tables, 2, Durations.NONE);

        double[] model = new double[FEATURES + 1];
        for (RoundRecord round : end.history()) {
            assertThat(round.counted()).hasSize(1);
            double[] x = rows.get(round.counted().first()).clone();
            double y = 2 * x[FEATURES];
            x[FEATURES] = 1;
            double error = IntStream.range(0, x.length).mapToDouble(i -> model[i] * x[i]).sum() - y;
            central.step(model, Arrays.stream(x).map(each -> each * error).toArray());
        }
        assertThat(end.history().stream().map(RoundRecord::counted).collect(Collectors.toSet()))
                .as("drawn at random").hasSizeGreaterThan(1);
        for (int i = 0; i < model.length; i++) {
            assertThat((double) end.state().parameters().get(i)).isCloseTo(model[i], within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bufferOfClientsWithOneRowEachIsOneClientWithAllRows(long seed) throws InterruptedException {
        SortedMap<String, Table> single = tables(seed, 5, 1);
        SortedMap<String, Table> whole = new TreeMap<>(
                Map.of("all", RandomTables.pooled(List.copyOf(single.values()))));

        Parameters expected = model(spec(Strategies.fedBuff(GRADIENT, 0.3, 1, ROOT), 6, 1, OptionalInt.of(1)), whole);
        assertClose(model(spec(Strategies.fedBuff(GRADIENT, 0.3, 5, ROOT), 6, 5, OptionalInt.empty()), single),
                expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void resultDoesNotDependOnTheNumberOfThreads(long seed) throws InterruptedException {
        SortedMap<String, Table> tables = tables(seed, 12, 0);
        RunSpec spec = spec(Strategies.fedBuff(training(seed), 1, 3, ROOT), 10, 12, OptionalInt.of(6));
        Durations durations = new Durations.HalfNormal(Duration.ofSeconds(60), new Seed(seed));

        Checkpoint one = run(spec, tables, 1, durations);
        Checkpoint four = run(spec, tables, 4, durations);
        assertThat(four.state()).isEqualTo(one.state());
        assertThat(four.history()).isEqualTo(one.history());
        assertThat(one.history()).as("some are stale")
                .anyMatch(round -> round.clients().values().stream().anyMatch(part -> part.staleness() > 0));
    }
}
