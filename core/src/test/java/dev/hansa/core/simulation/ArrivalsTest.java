package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.Buffering.Mixing;
import dev.hansa.core.strategy.Staleness;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each update makes of the model that counts as it comes, on a model with one value b that learns: by hand, and by a
 * plain replay of who arrives when with what.
 */
class ArrivalsTest {
    private static final LocalTraining TWO_STEPS = new LocalTraining(2, LocalTraining.FULL_BATCH, 0.5, 0, 0, false);

    static List<Long> seeds() {
        return new SplittableRandom(19).longs(20).boxed().toList();
    }

    private static EveryCheckpoint run(Strategy strategy, int steps, Map<String, Table> tables, Durations durations)
            throws InterruptedException {
        RunSpec spec = new RunSpec("arrivals", "",
                new DataSpec("rows", GoldenRoundsTest.SCHEMA, new HoldOut.None(), false), new ModelSpec.Linear(),
                strategy, steps,
                new Cohort(tables.size(), OptionalInt.of(tables.size()), 1, Duration.ofDays(1)), 0, StopRule.NEVER,
                new Seed(1));
        EveryCheckpoint store = new EveryCheckpoint();
        try (LocalFleet fleet = new LocalFleet(Simulation.clients(tables), 2, durations)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, fleet.clock()).run();
        }
        assertThat(store.rounds()).isEqualTo(steps);
        return store;
    }

    private static double b(EveryCheckpoint store, int step) {
        return store.model(step).get(1);
    }

    /**
     * α = 0.6. Client a takes one hour, b two and a half; two steps go three quarters of the way to 1, or to -2. After an hour
     * a brings 0.75, after two 0.8625, both fresh: b = 0.4 · 0 + 0.6 · 0.75 = 0.45, then 0.4 · 0.45 + 0.6 · 0.8625 = 0.6975.
     * Then b brings -1.5, two steps old, and a brings 0.924375, one step old.
     */
    static Stream<Arguments> fedAsync() {
        return Stream.of(Arguments.of("α, α", new Staleness.Constant(), -0.621, 0.306225),
                Arguments.of("α / 3, α / 2", new Staleness.Polynomial(1), 0.258, 0.4579125),
                Arguments.of("α / √3, α / √2", new Staleness.Polynomial(0.5),
                        0.6975 - 2.1975 * 0.6 / Math.sqrt(3),
                        (1 - 0.6 / Math.sqrt(2)) * (0.6975 - 2.1975 * 0.6 / Math.sqrt(3))
                                + 0.6 / Math.sqrt(2) * 0.924375),
                Arguments.of("α / 1.5, α", new Staleness.Hinge(0.5, 1), -0.1815, 0.482025));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fedAsync")
    void fedAsyncMixesEachModelByHowStaleItIs(String name, Staleness staleness, double third, double fourth)
            throws InterruptedException {
        EveryCheckpoint store = run(Strategies.fedAsync(TWO_STEPS, 0.6, staleness), 4, GoldenRoundsTest.TABLES,
                (client, number, task) -> Duration.ofMinutes(client.equals("a") ? 60 : 150));

        assertThat(b(store, 1)).as(name).isCloseTo(0.45, within(1e-6));
        assertThat(b(store, 2)).as(name).isCloseTo(0.6975, within(1e-6));
        assertThat(b(store, 3)).as(name).isCloseTo(third, within(1e-6));
        assertThat(b(store, 4)).as(name).isCloseTo(fourth, within(1e-6));
    }

    /** Which is pure asynchronous learning: {@code w ← w + η s(τ) Δ}, or {@code w ← w + η s(τ) (w_k - w)}. */
    @ParameterizedTest
    @MethodSource("seeds")
    void bufferOfOneCountsEachUpdateAsItComes(long seed) throws InterruptedException {
        for (Mixing mixing : Mixing.values()) {
            new Replay(seed, 1, mixing).assertSame();
        }
    }

    /** Of changes, or of models, which draw the newest back to what it was when their training began. */
    @ParameterizedTest
    @MethodSource("seeds")
    void buffersOfSeveralCountTheMeanOfWhatHasCome(long seed) throws InterruptedException {
        for (Mixing mixing : Mixing.values()) {
            new Replay(seed, 2 + (int) Math.floorMod(seed, 3L), mixing).assertSame();
        }
    }

    /** Random clients, training and times; and what must come of them, in double precision. */
    private static final class Replay {
        private static final int CLIENTS = 6;
        private static final int STEPS = 25;

        private final int size;
        private final Mixing mixing;
        private final double eta;
        private final LocalTraining training;
        private final Durations.HalfNormal durations;
        private final SortedMap<String, Double> labels = new TreeMap<>();

        Replay(long seed, int size, Mixing mixing) {
            SplittableRandom random = new SplittableRandom(seed);
            this.size = size;
            this.mixing = mixing;
            this.eta = 0.1 + 0.4 * random.nextDouble();
            this.training = new LocalTraining(1 + random.nextInt(3), LocalTraining.FULL_BATCH,
                    0.1 + 0.5 * random.nextDouble(), 0, 0, false).withProximalMu(random.nextInt(2) * 0.5);
            this.durations = new Durations.HalfNormal(Duration.ofMinutes(1), new Seed(seed));
            for (int client = 0; client < CLIENTS; client++) {
                labels.put("client-" + client, 4 * random.nextDouble() - 2);
            }
        }

        private record Errand(String client, int begun, double start, Duration end, int number) {}

        private record Step(double b, SortedMap<String, Integer> staleness) {}

        /** As many are at work as there are: who was counted gets the newest model after the step. */
        private List<Step> steps() {
            PriorityQueue<Errand> atWork =
                    new PriorityQueue<>(Comparator.comparing(Errand::end).thenComparingInt(Errand::number));
            Map<String, Integer> trainings = new TreeMap<>();
            SortedSet<String> idle = new TreeSet<>(labels.keySet());
            List<Step> steps = new ArrayList<>();
            Duration now = Duration.ZERO;
            double w = 0;
            int sent = 0;
            while (steps.size() < STEPS) {
                for (String client : idle) {
                    atWork.add(new Errand(client, steps.size(), w,
                            now.plus(durations.of(client, trainings.merge(client, 1, Integer::sum))), sent++));
                }
                idle.clear();
                SortedMap<String, Integer> staleness = new TreeMap<>();
                double sum = 0;
                while (idle.size() < size) {
                    Errand next = atWork.remove();
                    now = next.end;
                    idle.add(next.client);
                    int tau = steps.size() - next.begun;
                    staleness.put(next.client, tau);
                    double from = mixing == Mixing.MODELS ? w : next.start;
                    sum += (trained(next.start, labels.get(next.client)) - from) / Math.sqrt(1 + tau);
                }
                w += eta * sum / size;
                steps.add(new Step(w, staleness));
            }
            return steps;
        }

        private double trained(double start, double label) {
            double b = start;
            for (int epoch = 0; epoch < training.epochs(); epoch++) {
                b -= training.rate() * (b - label + training.proximalMu() * (b - start));
            }
            return b;
        }

        void assertSame() throws InterruptedException {
            SortedMap<String, Table> tables = new TreeMap<>();
            labels.forEach((client, label) -> tables.put(client, GoldenRoundsTest.table(2, label)));
            Strategy strategy = Strategies.fedBuff(training, eta, size, new Staleness.Constant())
                    .buffering(new Buffering(size, new Staleness.Polynomial(0.5), Buffering.ANY_AGE, mixing));
            EveryCheckpoint store = run(strategy, STEPS, tables, durations);
            List<RoundRecord> history = store.latest(Simulation.RUN).orElseThrow().history();

            List<Step> expected = steps();
            for (int step = 1; step <= STEPS; step++) {
                SortedMap<String, Integer> staleness = new TreeMap<>();
                history.get(step - 1).clients().forEach((client, part) -> staleness.put(client, part.staleness()));
                assertThat(staleness).as("%s, step %s", mixing, step).isEqualTo(expected.get(step - 1).staleness);
                assertThat(b(store, step)).as("%s, step %s", mixing, step)
                        .isCloseTo(expected.get(step - 1).b, within(1e-5));
            }
            assertThat(expected).as("what comes is stale")
                    .anyMatch(step -> step.staleness.values().stream().anyMatch(tau -> tau > 1));
        }
    }
}
