package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.coordinator.select.Poisson;
import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.Accounting;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.privacy.Privacy.Statistics;
import dev.hansa.core.privacy.accounting.GaussianCurve;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.question.Standardising;
import dev.hansa.core.strategy.Strategies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Private runs whose numbers are standardised by statistics that are hidden and charged. */
class StandardisedPrivateRunTest {
    private static final int CLIENTS = 12;
    private static final double DELTA = 1e-3;
    private static final Mechanism CENTRAL = new Mechanism.Central(Optional.empty());
    private static final SortedMap<String, Bounds> BOUNDS =
            new TreeMap<>(Map.of("age", new Bounds(0, 100), "ratio", new Bounds(-1, 2)));
    private static final Statistics HALF = new Statistics(0.5, BOUNDS);

    private static Privacy privacy(Mechanism mechanism, OptionalDouble noise, OptionalDouble epsilon,
            Statistics statistics) {
        return new Privacy(mechanism, 0.5, noise, epsilon, DELTA, Optional.empty(), Optional.of(statistics), Set.of());
    }

    private static Privacy privacy(Mechanism mechanism) {
        return privacy(mechanism, OptionalDouble.of(1), OptionalDouble.empty(), HALF);
    }

    private static RunSpec spec(CohortSelector selector, boolean standardise) {
        LocalTraining training = new LocalTraining(2, 5, 0.3, 0, 0, true);
        return new RunSpec("private", "", new DataSpec("rows", RandomTables.CLASSES, new HoldOut.None(), standardise),
                new ModelSpec.Softmax(),
                Strategies.fedAvg(selector instanceof Uniform ? training.withSteps(4) : training, Weighting.EXAMPLES,
                        1),
                Compression.NONE, 3,
                new Cohort(CLIENTS, OptionalInt.empty(), 2, 1, Duration.ofMinutes(1), false, selector),
                new Evaluation(0), StopRule.NEVER, new Seed(7));
    }

    private static RunSpec spec() {
        return spec(new Uniform(), true);
    }

    private static SortedMap<String, Client> clients(NoiseSource noise) {
        SortedMap<String, Client> clients = new TreeMap<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.put("c" + client,
                    new Client(Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, client))),
                            Consent.TO_ALL, ClientMemory.inMemory(), Client.TIMELESS, noise));
        }
        return clients;
    }

    private static Checkpoint run(RunSpec spec, NoiseSource noise) throws InterruptedException {
        Store store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(clients(noise), 2)) {
            RunEvent end = new RunLoop("run", spec, fleet, store, Simulation.CLOCK, Map.of(), noise).run();
            assertThat(end).isInstanceOf(RunEvent.Finished.class);
        }
        return store.latest("run").orElseThrow();
    }

    // ---- what it costs

    @Test
    void whatIsToldBeforeTheFirstRoundIsComposedWithAllRounds() {
        PrivacyPlan plan = spec().with(privacy(CENTRAL)).privacy().orElseThrow();
        double noise = plan.statistics().orElseThrow().noise();
        assertThat(plan.epsilon(0)).isLessThanOrEqualTo(0.5).isCloseTo(0.5, within(1e-5));
        assertThat(new GaussianCurve(noise).epsilon(DELTA)).isCloseTo(0.5, within(1e-5));
        assertThat(plan.event(3)).isEqualTo(
                new Composed(List.of(new Gaussian(noise), new SelfComposed(new Gaussian(1), 3))));
        double together = 1 / Math.sqrt(1 / (noise * noise) + 3);
        assertThat(plan.epsilon(3)).isCloseTo(new GaussianCurve(together).epsilon(DELTA), within(1e-9))
                .isGreaterThan(new GaussianCurve(1 / Math.sqrt(3)).epsilon(DELTA));
    }

    @Test
    void theNoiseOfRoundsFollowsFromWhatIsLeftOfTheBudget() {
        for (Mechanism mechanism : List.of(CENTRAL, new Mechanism.Local(), new Mechanism.Correlated(),
                new Mechanism.Distributed(IntegerNoise.DISCRETE_GAUSSIAN, 20), new Mechanism.Examples(0.2, 4))) {
            OptionalDouble four = OptionalDouble.of(4);
            Optional<Accounting> fast = Optional.of(Accounting.RDP);
            PrivacyPlan plan = spec().with(new Privacy(mechanism, 0.5, OptionalDouble.empty(), four, DELTA, fast,
                    Optional.of(HALF), Set.of())).privacy().orElseThrow();
            PrivacyPlan without = spec(new Uniform(), false).with(new Privacy(mechanism, 0.5, OptionalDouble.empty(),
                    four, DELTA, fast, Set.of())).privacy().orElseThrow();
            assertThat(plan.epsilon(3)).as(mechanism.word()).isLessThanOrEqualTo(4).isCloseTo(4, within(1e-3));
            assertThat(plan.noise()).as(mechanism.word()).isGreaterThan(without.noise() * 1.0005);
            assertThat(plan.rounds()).isEqualTo(3);
            assertThat(plan.statistics().orElseThrow().own())
                    .isEqualTo(mechanism.protectsFromCoordinator());
            assertThat(plan.statistics().orElseThrow().ofRows()).isEqualTo(mechanism.hidesRows());
        }
    }

    /** Replace one: the sum moves by twice the norm, of which the multiplier is charged. */
    @Test
    void noiseOfClientsIsChargedForOneThatIsReplaced() {
        PrivacyPlan plan = spec().with(privacy(new Mechanism.Local())).privacy().orElseThrow();
        assertThat(new GaussianCurve(plan.statistics().orElseThrow().noise() / 2).epsilon(DELTA))
                .isCloseTo(0.5, within(1e-5));
    }

    // ---- what it does

    @Test
    void runsOfEachMechanismTrainOnNumbersThatAreAboutStandard() throws InterruptedException {
        Statistics much = new Statistics(1e4, BOUNDS);
        Preprocessing plain = run(spec(), SimulatedNoise.SEEDED).preprocessing();
        for (Mechanism mechanism : List.of(CENTRAL, new Mechanism.Local(), new Mechanism.Correlated(),
                new Mechanism.Distributed(IntegerNoise.SKELLAM, 20), new Mechanism.Examples(0.2, 4))) {
            RunSpec spec = spec().with(privacy(mechanism, OptionalDouble.of(1), OptionalDouble.empty(), much));
            Checkpoint end = run(spec, SimulatedNoise.SEEDED);
            assertThat(end.state().round()).isEqualTo(3);
            for (int i = 0; i < 2; i++) {
                assertThat(end.preprocessing().features().get(i).mean()).as(mechanism.word())
                        .isCloseTo(plain.features().get(i).mean(), within(0.2 * plain.features().get(i).deviation()));
                assertThat(end.preprocessing().features().get(i).deviation()).as(mechanism.word())
                        .isCloseTo(plain.features().get(i).deviation(),
                                within(0.2 * plain.features().get(i).deviation()));
            }
            assertThat(end.preprocessing()).as("with noise").isNotEqualTo(plain);
            assertThat(run(spec, SimulatedNoise.SEEDED).preprocessing()).as("a simulation can be repeated")
                    .isEqualTo(end.preprocessing());
            assertThat(run(spec, NoiseSource.SECRET).preprocessing()).as("a run cannot")
                    .isNotEqualTo(run(spec, NoiseSource.SECRET).preprocessing());
        }
    }

    @Test
    void sumsAreDividedByHowManyThereAreToBeWhereThatIsHidden() throws InterruptedException {
        RunSpec coins = spec(new Poisson(0.9), true).with(privacy(CENTRAL, OptionalDouble.of(1),
                OptionalDouble.empty(), new Statistics(1e4, BOUNDS)));
        Preprocessing all = run(coins, SimulatedNoise.SEEDED).preprocessing();
        assertThat(all.features().get(0).mean()).isCloseTo(50, within(3.0));
    }

    /** The clients' noise is not one and the same: then it would not be less in the mean of many. */
    @Test
    void clientsOfASimulationEachHaveNoiseOfTheirOwn() throws InterruptedException {
        List<List<Long>> told = new ArrayList<>();
        Task.Describe asked = new Task.Describe("run", spec().data(),
                spec().with(privacy(new Mechanism.Local())).privacy().orElseThrow().statistics(), new Seed(1));
        for (long seed = 1; seed <= 2; seed++) {
            Client client = clients(SimulatedNoise.SEEDED).get("c1");
            told.add(((Report.Described) client.perform(
                    new Task.Describe("run", asked.data(), asked.hidden(), new Seed(seed)))).moments());
        }
        assertThat(told.get(0)).isNotEqualTo(told.get(1));
    }

    // ---- nothing is drawn twice

    @Test
    void aClientThatAddsNoiseTellsTheSameAgain() throws InterruptedException {
        ClientMemory memory = ClientMemory.inMemory();
        Optional<Standardising> hidden =
                spec().with(privacy(new Mechanism.Local())).privacy().orElseThrow().statistics();
        Report first = again(memory, "run", new Task.Describe("run", spec().data(), hidden, new Seed(1)));
        assertThat(again(memory, "run", new Task.Describe("run", spec().data(), hidden, new Seed(2))))
                .isEqualTo(first);
        assertThat(again(memory, "other", new Task.Describe("other", spec().data(), hidden, new Seed(1))))
                .as("of another run").isNotEqualTo(first);
        assertThat(again(ClientMemory.inMemory(), "run", new Task.Describe("run", spec().data(), hidden, new Seed(1))))
                .as("that remembers nothing").isNotEqualTo(first);
    }

    private static Report again(ClientMemory memory, String run, Task.Describe task) throws InterruptedException {
        assertThat(task.run()).isEqualTo(run);
        Report report = new Client(Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, 1))),
                Consent.TO_ALL, memory, Client.TIMELESS).perform(task);
        assertThat(((Report.Described) report).moments()).hasSize(4);
        assertThat(((Report.Described) report).statistics().columns()).isEmpty();
        return report;
    }

    /** A coordinator that ends between its noise and the disk; nobody has seen that noise, and one is published. */
    @Test
    void ofACoordinatorThatEndsBeforeItHasKeptItsNoiseNobodySeesAny() throws InterruptedException {
        RunSpec spec = spec().with(privacy(CENTRAL));
        List<Preprocessing> seen = new ArrayList<>();
        SortedMap<String, Client> clients = clients(NoiseSource.SECRET);
        Crashing store = new Crashing();
        try (LocalFleet fleet = new LocalFleet(clients, 1)) {
            assertThatThrownBy(() -> new RunLoop("run", spec, fleet, store, Simulation.CLOCK).run())
                    .hasMessageContaining("disk");
            assertThat(store.latest("run")).isEmpty();
        }
        assertThat(store.drawn).hasSize(1);
        try (LocalFleet fleet = new LocalFleet(watched(seen), 1)) {
            new RunLoop("run", spec, fleet, store, Simulation.CLOCK).run();
        }
        assertThat(store.drawn).as("noise was drawn anew").hasSize(2).doesNotHaveDuplicates();
        assertThat(seen).isNotEmpty().containsOnly(store.drawn.get(1));
        assertThat(store.latest("run").orElseThrow().preprocessing()).isEqualTo(store.drawn.get(1));
    }

    private static SortedMap<String, Client> watched(List<Preprocessing> seen) {
        SortedMap<String, Client> clients = new TreeMap<>();
        for (int client = 0; client < CLIENTS; client++) {
            Consent watching = task -> {
                if (task instanceof Task.Fit fit) {
                    synchronized (seen) {
                        seen.add(fit.preprocessing());
                    }
                }
                return Optional.empty();
            };
            clients.put("c" + client,
                    new Client(Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, client))),
                            watching, ClientMemory.inMemory(), Client.TIMELESS, NoiseSource.SECRET));
        }
        return clients;
    }

    /** Fails the first time that a checkpoint is to be kept. */
    private static final class Crashing implements Store {
        private final MemoryStore kept = new MemoryStore(event -> {});
        private final List<Preprocessing> drawn = new ArrayList<>();

        @Override
        public Optional<Checkpoint> latest(String run) {
            return kept.latest(run);
        }

        @Override
        public Optional<Checkpoint> best(String run) {
            return kept.best(run);
        }

        @Override
        public void save(String run, Checkpoint checkpoint, Set<Fleet.Sent> open, RunEvent... events) {
            if (checkpoint.state().round() == 0) {
                drawn.add(checkpoint.preprocessing());
                if (drawn.size() == 1) {
                    throw new IllegalStateException("the disk is gone");
                }
            }
            kept.save(run, checkpoint, open, events);
        }

        @Override
        public Parameters model(String run, int round) {
            return kept.model(run, round);
        }

        @Override
        public void append(String run, RunEvent event) {
            kept.append(run, event);
        }
    }

    // ---- what is refused

    @Test
    void whatIsNotHiddenOrDoesNotFitIsRefused() {
        refuses(() -> spec().with(new Privacy(CENTRAL, 0.5, OptionalDouble.of(1), OptionalDouble.empty(), DELTA,
                Optional.empty(), Set.of())), "privacy.statistics, which hides them at a cost");
        refuses(() -> spec(new Uniform(), false).with(privacy(CENTRAL)), "data.standardise, which is false");
        refuses(() -> spec().with(privacy(CENTRAL, OptionalDouble.of(1), OptionalDouble.empty(),
                new Statistics(1, new TreeMap<>(Map.of("age", new Bounds(0, 1)))))), "[age], expected of all");
        refuses(() -> privacy(CENTRAL, OptionalDouble.empty(), OptionalDouble.of(0.5), HALF),
                "less than privacy.epsilon");
        refuses(() -> new Statistics(0, BOUNDS), "statistics.epsilon is 0.0");
        refuses(() -> new Privacy(CENTRAL, 0.5, OptionalDouble.of(1), OptionalDouble.empty(), DELTA, Optional.empty(),
                Optional.of(HALF), Set.of(Exempt.STATISTICS)), "which privacy.statistics hides");
    }

    private static void refuses(ThrowingCallable made, String reason) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(reason);
    }
}
