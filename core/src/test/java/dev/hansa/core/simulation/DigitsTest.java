package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Draw;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * FedAvg on real data against an independent reference in double precision: the same test accuracies, row for row, over
 * 200 rounds. Rounds to target as in McMahan et al. 2017, Table 2.
 */
class DigitsTest {
    private static final Digits DIGITS = new Digits();
    private static final int ROUNDS = 200;

    @ParameterizedTest(name = "iid {0}, batch {1}, epochs {2}, rate {3}")
    @CsvSource(nullValues = "-", textBlock = """
            true,   0, 1, 0.5, 0.6806, 0.8361, 0.9028, 0.9417, 11,  41,  90, 176, 10.712801
            true,   0, 1, 0.1, 0.6806, 0.6861, 0.8667, 0.8972, 39, 196,   -,   -,  5.329037
            true,  10, 1, 0.1, 0.5167, 0.8750, 0.9083, 0.9472, 10,  27,  68, 147, 12.471090
            true,  10, 5, 0.1, 0.7611, 0.9083, 0.9444, 0.9556,  3,   7,  14,  36, 19.522532
            false,  0, 1, 0.5, 0.2722, 0.7833, 0.8556, 0.9250, 22,  40, 123,   -, 10.734052
            false,  0, 1, 0.1, 0.2722, 0.6806, 0.7389, 0.8806, 96,   -,   -,   -,  5.332580
            false, 10, 1, 0.1, 0.2000, 0.6778, 0.8667, 0.9278, 22,  38, 101,   -, 11.126745
            false, 10, 5, 0.1, 0.2194, 0.8194, 0.8806, 0.9472,  9,  30,  38,  77, 15.905981
            """)
    void softmaxRegressionLearnsLikeTheReference(boolean iid, int batchSize, int epochs, double rate, double round1,
            double round10, double round50, double round200, Integer to85, Integer to90, Integer to92, Integer to94,
            double norm) throws InterruptedException {
        TestAccuracies store = new TestAccuracies();

        run(store, iid, new LocalTraining(epochs, batchSize, rate, 0, 0, false));

        assertThat(List.of(store.afterRound(1), store.afterRound(10), store.afterRound(50), store.afterRound(200)))
                .containsExactly(correct(round1), correct(round10), correct(round50), correct(round200));
        assertThat(List.of(store.roundsTo(0.85), store.roundsTo(0.90), store.roundsTo(0.92), store.roundsTo(0.94)))
                .containsExactly(orNever(to85), orNever(to90), orNever(to92), orNever(to94));
        assertThat(store.parameters().l2Norm()).isCloseTo(norm, within(1e-5));
    }

    private static void run(Store store, boolean iid, LocalTraining training) throws InterruptedException {
        Map<String, Client> clients = new TreeMap<>();
        (iid ? DIGITS.iid() : DIGITS.twoClassesEach())
                .forEach((id, table) -> clients.put(id, new Client(Map.of("digits", spec -> table))));
        RunSpec spec = new RunSpec("digits", "",
                new DataSpec("digits", DIGITS.schema(), new HoldOut.None(), false), new ModelSpec.Softmax(),
                Strategies.fedAvg(training, Weighting.EXAMPLES, 1), ROUNDS,
                new Cohort(Digits.CLIENTS, OptionalInt.of(10), 10, 1, Duration.ofMinutes(1), false,
                        new ReferenceCohorts()),
                0, StopRule.NEVER,
                new Seed(0));
        try (LocalFleet fleet = new LocalFleet(clients, 2)) {
            new RunLoop("digits", spec, fleet, store, Clock.systemUTC()).run();
        }
    }

    private static int correct(double accuracy) {
        return (int) Math.round(accuracy * 360);
    }

    private static int orNever(Integer round) {
        return round == null ? Integer.MAX_VALUE : round;
    }

    /** The reference counts rounds from 0, and round r draws ten clients from the stream of seed 1000 + r. */
    private record ReferenceCohorts() implements CohortSelector {
        @Override
        public SortedSet<String> select(Draw draw) {
            return new Uniform()
                    .select(new Draw(new Seed(1000 + draw.history().size()), draw.attempt(), draw.available(),
                            draw.size(), draw.minimum(), draw.rows(), draw.history()));
        }
    }

    /** Evaluates each committed model on the test rows. */
    private static final class TestAccuracies implements Store {
        private final Store store = new MemoryStore(event -> {});
        private final Learner learner = Learners.of(new ModelSpec.Softmax(), DIGITS.schema());
        private final Examples test = Preprocessing.identity(DIGITS.schema()).apply(DIGITS.test(),
                IntStream.range(0, 360).toArray());
        private final List<Integer> correct = new ArrayList<>();

        @Override
        public Optional<Checkpoint> latest(String run) {
            return store.latest(run);
        }

        @Override
        public void save(String run, Checkpoint checkpoint, RunEvent... events) {
            store.save(run, checkpoint, events);
            correct.add((int) learner.evaluate(checkpoint.state().parameters(), test).get(Sums.CORRECT));
        }

        @Override
        public void append(String run, RunEvent event) {
            store.append(run, event);
        }

        int afterRound(int round) {
            return correct.get(round);
        }

        int roundsTo(double accuracy) {
            return IntStream.rangeClosed(1, ROUNDS).filter(round -> correct.get(round) >= accuracy * 360).findFirst()
                    .orElse(Integer.MAX_VALUE);
        }

        Parameters parameters() {
            return store.latest("digits").orElseThrow().state().parameters();
        }
    }
}
