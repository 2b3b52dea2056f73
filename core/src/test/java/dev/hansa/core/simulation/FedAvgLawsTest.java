package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import dev.hansa.core.strategy.Strategies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that hold for any hyper-parameters, on random tables, models and trainings of many seeds. */
class FedAvgLawsTest {
    private static final LocalTraining ONE_STEP = new LocalTraining(1, LocalTraining.FULL_BATCH, 0.2, 0, 0, false);

    static List<Long> seeds() {
        return new SplittableRandom(2026).longs(20).boxed().toList();
    }

    private static ModelSpec model(long seed, Schema schema) {
        return switch (Math.floorMod(seed, 3)) {
            case 0 -> new ModelSpec.Mlp(List.of(4));
            case 1 -> new ModelSpec.Mlp(List.of(5, 3));
            default -> schema.classification() ? new ModelSpec.Softmax() : new ModelSpec.Linear();
        };
    }

    private static Schema schema(long seed) {
        return Math.floorMod(seed, 2) == 0 ? RandomTables.REGRESSION : RandomTables.CLASSES;
    }

    private static SortedMap<String, Table> tables(long seed, int clients) {
        SplittableRandom random = new SplittableRandom(seed);
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < clients; client++) {
            tables.put("client-" + client,
                    RandomTables.of(schema(seed), 3 + random.nextInt(20), random.nextLong()));
        }
        return tables;
    }

    private static LocalTraining training(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new LocalTraining(1 + random.nextInt(3), random.nextInt(8), 0.01 + 0.1 * random.nextDouble(),
                random.nextInt(2) * 0.5, random.nextInt(2) * 0.01, random.nextBoolean());
    }

    private static RunSpec spec(long seed, LocalTraining training, double serverRate, int rounds, int clients) {
        return Simulation.spec(schema(seed), model(seed, schema(seed)),
                Strategies.fedAvg(training, Weighting.EXAMPLES, serverRate), rounds, clients);
    }

    private static void assertClose(Parameters actual, Parameters expected, double tolerance) {
        assertThat(actual.minus(expected).l2Norm()).isCloseTo(0, within(tolerance * (1 + expected.l2Norm())));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everybodyWithOneFullBatchIsOneStepOnThePooledRows(long seed) throws InterruptedException {
        SortedMap<String, Table> tables = tables(seed, 4);
        Parameters federated = Simulation.run(spec(seed, ONE_STEP, 1, 1, 4), tables, 2);

        Table pooled = RandomTables.pooled(List.copyOf(tables.values()));
        Examples examples = Preprocessing.standardising(schema(seed), TableStatistics.of(pooled)).apply(pooled,
                pooled.rows(false));
        Learner learner = Learners.of(model(seed, schema(seed)), schema(seed));
        Parameters central = learner.fit(start(seed), examples, ONE_STEP, new Seed(0)).parameters();

        assertClose(federated, central, 1e-6);
        assertThat(central.minus(start(seed)).l2Norm()).isGreaterThan(1e-3);
    }

    private static Parameters start(long seed) {
        return Learners.of(model(seed, schema(seed)), schema(seed)).initial(new Seed(7).derive("initial"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void serverRateScalesTheStep(long seed) throws InterruptedException {
        SortedMap<String, Table> tables = tables(seed, 3);
        Parameters step = Simulation.run(spec(seed, training(seed), 1, 1, 3), tables, 2).minus(start(seed));

        for (double rate : new double[]{0.1, 0.5, 1.7}) {
            assertClose(Simulation.run(spec(seed, training(seed), rate, 1, 3), tables, 2).minus(start(seed)),
                    step.times(rate), 1e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void numberOfThreadsDoesNotShow(long seed) throws InterruptedException {
        SortedMap<String, Table> tables = tables(seed, 7);
        RunSpec spec = Simulation.sampling(spec(seed, training(seed), 1, 4, 7), 5, new Seed(seed));

        Parameters alone = Simulation.run(spec, tables, 1);

        assertThat(Simulation.run(spec, tables, 2)).isEqualTo(alone);
        assertThat(Simulation.run(spec, tables, 8)).isEqualTo(alone);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void namesOfClientsDoNotMatter(long seed) throws InterruptedException {
        LocalTraining inOrder = new LocalTraining(2, 5, 0.05, 0.5, 0, false);
        List<Table> tables = new ArrayList<>(tables(seed, 6).values());
        Parameters before = Simulation.run(spec(seed, inOrder, 1, 3, 6), named(tables), 2);
        Collections.shuffle(tables, new Random(seed));

        assertClose(Simulation.run(spec(seed, inOrder, 1, 3, 6), named(tables), 2), before, 1e-5);
    }

    private static SortedMap<String, Table> named(List<Table> tables) {
        SortedMap<String, Table> named = new TreeMap<>();
        tables.forEach(table -> named.put("client-" + named.size(), table));
        return named;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void equalClientsCountTheSameEitherWay(long seed) throws InterruptedException {
        Table table = tables(seed, 1).get("client-0");
        LocalTraining inOrder = new LocalTraining(2, 5, 0.05, 0, 0, false);
        SortedMap<String, Table> tables = named(List.of(table, table, table));
        Parameters byExamples = Simulation.run(spec(seed, inOrder, 1, 3, 3), tables, 2);

        Parameters uniform = Simulation.run(Simulation.spec(schema(seed), model(seed, schema(seed)),
                Strategies.fedAvg(inOrder, Weighting.UNIFORM, 1), 3, 3), tables, 2);

        assertClose(uniform, byExamples, 1e-6);
        assertClose(Simulation.run(spec(seed, inOrder, 1, 3, 1), named(List.of(table)), 2), byExamples, 1e-6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void seedDecidesEveryByte(long seed) throws InterruptedException {
        SortedMap<String, Table> tables = tables(seed, 6);
        LocalTraining shuffled = new LocalTraining(2, 3, 0.05, 0, 0, true);
        RunSpec spec = Simulation.sampling(spec(seed, shuffled, 1, 3, 6), 3, new Seed(seed));

        assertThat(Simulation.run(spec, tables, 2)).isEqualTo(Simulation.run(spec, tables, 2)).isNotEqualTo(
                Simulation.run(Simulation.sampling(spec(seed, shuffled, 1, 3, 6), 3, new Seed(seed + 1)), tables, 2));
    }

    @ParameterizedTest
    @EnumSource(Crash.class)
    void resumedRunEndsInTheSameBytes(Crash crash) throws InterruptedException {
        for (long seed : seeds().subList(0, 6)) {
            assertResumes(crash, Simulation.sampling(spec(seed, training(seed), 1, 5, 5), 3, new Seed(seed)),
                    tables(seed, 5));
        }
    }

    /** Whose running values are not trained, and do not follow the server's optimiser. */
    @ParameterizedTest
    @EnumSource(Crash.class)
    void resumedRunWithBatchNormalizationEndsInTheSameBytes(Crash crash) throws InterruptedException {
        LocalTraining training = new LocalTraining(2, 4, 0.05, 0, 0, true);
        for (Combination strategy : List.of(Strategies.fedAvgM(training, Weighting.EXAMPLES, 0.7, 0.9),
                Strategies.adaptive(training, Weighting.EXAMPLES, Rule.ADAM, 0.1, 1e-3))) {
            RunSpec spec = Simulation.spec(RandomTables.CLASSES,
                    new ModelSpec.Mlp(List.of(4), ModelSpec.Normalization.BATCH), strategy, 5, 5);
            assertResumes(crash, Simulation.sampling(spec, 3, new Seed(1)), tables(1, 5));
        }
    }

    private static void assertResumes(Crash crash, RunSpec spec, SortedMap<String, Table> tables)
            throws InterruptedException {
        Parameters undisturbed = Simulation.run(spec, tables, 2);

        for (int round = 0; round <= 5; round++) {
            Store disk = new MemoryStore(event -> {});
            runUntil(crash, round, spec, tables, disk);
            Simulation.run(spec, tables, 2, disk);

            Checkpoint end = disk.latest(Simulation.RUN).orElseThrow();
            assertThat(end.state().parameters()).as("crash at round %s", round).isEqualTo(undisturbed);
            assertThat(end.history()).extracting(record -> record.round()).containsExactly(1, 2, 3, 4, 5);
        }
    }

    private static void runUntil(Crash crash, int round, RunSpec spec, SortedMap<String, Table> tables, Store disk)
            throws InterruptedException {
        try {
            Simulation.run(spec, tables, 2, new CrashingStore(disk, crash, round));
            throw new AssertionError("the store did not crash");
        } catch (PowerCut e) {
            assertThat(disk.latest(Simulation.RUN).map(checkpoint -> checkpoint.state().round()).orElse(-1))
                    .isEqualTo(crash == Crash.AFTER_SAVING ? round : round - 1);
        }
    }

    /** Where the process dies. */
    enum Crash {
        BEFORE_SAVING, AFTER_SAVING
    }

    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Dies once, around the save of the given round. */
    private record CrashingStore(Store disk, Crash crash, int round) implements Store {
        @Override
        public Optional<Checkpoint> latest(String run) {
            return disk.latest(run);
        }

        @Override
        public Optional<Checkpoint> best(String run) {
            return disk.best(run);
        }

        @Override
        public void save(String run, Checkpoint checkpoint, Set<Fleet.Sent> open, RunEvent... events) {
            boolean now = checkpoint.state().round() == round;
            if (now && crash == Crash.BEFORE_SAVING) {
                throw new PowerCut();
            }
            disk.save(run, checkpoint, open, events);
            if (now) {
                throw new PowerCut();
            }
        }

        @Override
        public Parameters model(String run, int past) {
            return disk.model(run, past);
        }

        @Override
        public void append(String run, RunEvent event) {
            disk.append(run, event);
        }
    }
}
