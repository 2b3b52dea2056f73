package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.FederationException;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.coordinator.select.Poisson;
import dev.hansa.core.coordinator.select.PowerOfChoice;
import dev.hansa.core.coordinator.select.Separated;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.Accounting;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.privacy.clip.AdaptiveClip;
import dev.hansa.core.privacy.correlated.BufferedLinear;
import dev.hansa.core.privacy.correlated.Participation;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PrivateRunTest {
    private static final int CLIENTS = 12;
    private static final Mechanism NOISED_SUM = new Mechanism.Central(Optional.empty());
    private static final Privacy CENTRAL = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(1), OptionalDouble.empty(),
            1e-3, Optional.of(Accounting.RDP), Set.of());
    private static final BufferedLinear BLT = BufferedLinear.near(5, Participation.inAll(5, 1));
    private static final Strategy FED_AVG =
            Strategies.fedAvg(new LocalTraining(2, 5, 0.3, 0, 0, true), Weighting.EXAMPLES, 1);

    private final List<RunEvent> events = new ArrayList<>();

    private static RunSpec spec(OptionalInt size, int minimum, CohortSelector selector) {
        Cohort cohort = new Cohort(CLIENTS, size, minimum, 1, Duration.ofMinutes(1), false, selector);
        return new RunSpec("private", "", new DataSpec("rows", RandomTables.CLASSES, new HoldOut.None(), false),
                new ModelSpec.Softmax(), FED_AVG, Compression.NONE, 5, cohort, new Evaluation(0), StopRule.NEVER,
                new Seed(7));
    }

    private Checkpoint run(RunSpec spec, int threads, NoiseSource noise) throws InterruptedException {
        Store store = new MemoryStore(events::add);
        try (LocalFleet fleet = new LocalFleet(clients(noise), threads)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK, Map.of(), noise).run();
        }
        return store.latest(Simulation.RUN).orElseThrow();
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

    private Checkpoint run(RunSpec spec) throws InterruptedException {
        return run(spec, 2, SimulatedNoise.SEEDED);
    }

    @Test
    void aSimulationIsTheSameForAnyNumberOfThreads() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(CENTRAL);
        Checkpoint one = run(spec, 1, SimulatedNoise.SEEDED);
        assertThat(run(spec, 4, SimulatedNoise.SEEDED).state()).isEqualTo(one.state());
        assertThat(run(spec.with(local())).state()).isEqualTo(run(spec.with(local())).state())
                .isNotEqualTo(one.state());
    }

    private static Privacy local() {
        return new Privacy(new Mechanism.Local(), 0.5, OptionalDouble.of(1), OptionalDouble.empty(), 1e-3,
                Optional.of(Accounting.PLD),
                Set.of());
    }

    @Test
    void noiseOfRealRunsIsNeverTheSame() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(CENTRAL);
        assertThat(run(spec, 1, NoiseSource.SECRET).state()).isNotEqualTo(run(spec, 1, NoiseSource.SECRET).state());
        assertThat(run(spec.with(local()), 1, NoiseSource.SECRET).state())
                .isNotEqualTo(run(spec.with(local()), 1, NoiseSource.SECRET).state());
    }

    /** With hardly any noise, and a clip that no update reaches, it is the plain mean in which each counts the same. */
    @Test
    void withoutAnythingToProtectFromItIsThePlainMean() throws InterruptedException {
        RunSpec plain = spec(OptionalInt.empty(), 2, new Uniform())
                .with(Strategies.fedAvg(new LocalTraining(2, 5, 0.3, 0, 0, true), Weighting.UNIFORM, 1));
        Privacy nothing = new Privacy(NOISED_SUM, 1000, OptionalDouble.of(1e-9), OptionalDouble.empty(), 1e-3,
                Optional.of(Accounting.RDP), Set.of());
        double[] expected = values(run(plain));
        double[] found = values(run(plain.with(nothing)));
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-4));
        }
    }

    private static double[] values(Checkpoint end) {
        double[] all = new double[end.state().parameters().layout().size()];
        end.state().parameters().read((offset, values, from, length) -> {
            for (int i = 0; i < length; i++) {
                all[offset + i] = values[from + i];
            }
        });
        return all;
    }

    @Test
    void nodesTellNothingButTheirUpdates() throws InterruptedException {
        Checkpoint end = run(spec(OptionalInt.empty(), 2, new Uniform()).with(CENTRAL));
        assertThat(end.history()).hasSize(5).allMatch(round -> round.training().values().isEmpty());
        assertThat(end.history().get(0).clients().values()).hasSize(CLIENTS)
                .allMatch(part -> part.training().values().isEmpty())
                .allMatch(part -> part.rows().getAsDouble() == 1);
    }

    @Test
    void clientsThatDivergeTellZeros() throws InterruptedException {
        RunSpec wild = spec(OptionalInt.empty(), 2, new Uniform())
                .with(Strategies.fedAvg(new LocalTraining(50, 5, 1e30, 0, 1e10, true), Weighting.UNIFORM, 1));
        Checkpoint end = run(wild.with(CENTRAL));
        assertThat(end.history()).hasSize(5).allMatch(round -> round.discarded().isEmpty());
        double deviation = 0.5 / CLIENTS * Math.sqrt(5);
        assertThat(Arrays.stream(values(end)).map(Math::abs).max().getAsDouble()).isLessThan(6 * deviation)
                .isPositive();
    }

    @Test
    void aDrawIsNeverMadeAgainForBeingSmall() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.empty(), 1, new Poisson(0.1)).with(CENTRAL);
        Checkpoint end = run(spec);
        assertThat(end.history()).hasSize(5);
        assertThat(events).noneMatch(RunEvent.RoundAbandoned.class::isInstance);
        assertThat(end.history().stream().mapToInt(round -> round.asked().size()).min().getAsInt()).isZero();
    }

    /** A seed in the run file is known to all: who is drawn by it is no secret. */
    @Test
    void whoIsDrawnIsASecret() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.of(3), 2, new Uniform()).with(CENTRAL);
        List<Set<String>> first = new ArrayList<>();
        run(spec, 1, NoiseSource.SECRET).history().forEach(round -> first.add(round.asked()));
        List<Set<String>> second = new ArrayList<>();
        run(spec, 1, NoiseSource.SECRET).history().forEach(round -> second.add(round.asked()));
        assertThat(first).isNotEqualTo(second); // equal for one pair of runs in 5 * 10^11
        assertThat(first).allMatch(cohort -> cohort.size() == 3);
    }

    @Test
    void theClipFollowsTheUpdates() throws InterruptedException {
        AdaptiveClip adaptive = new AdaptiveClip(1e-3, 0.5, 0.5, 2);
        Privacy privacy = new Privacy(new Mechanism.Central(Optional.of(adaptive)), 1e-3, OptionalDouble.of(1),
                OptionalDouble.empty(), 1e-3, Optional.of(Accounting.RDP), Set.of());
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(privacy);
        double clip = run(spec).state().slots().get("privacy.clip").get(0);
        assertThat(clip).isGreaterThan(1e-3 * Math.exp(0.25 * 2)).isLessThanOrEqualTo(1e-3 * Math.exp(0.25 * 5));
    }

    @Test
    void theRunEndsBeforeItsBudgetIsExceeded() throws InterruptedException {
        Privacy budget = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(2), OptionalDouble.of(3), 1e-3,
                Optional.of(Accounting.PLD), Set.of());
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(budget);
        int rounds = spec.lastRound();
        assertThat(rounds).isBetween(1, 4);
        assertThat(spec.privacy().get().epsilon(rounds)).isLessThanOrEqualTo(3);
        assertThat(spec.privacy().get().epsilon(rounds + 1)).isGreaterThan(3);
        assertThat(run(spec).history()).hasSize(rounds);
        assertThat(events.get(events.size() - 1)).isInstanceOfSatisfying(RunEvent.Finished.class,
                end -> assertThat(end.reason()).contains("budget of epsilon 3.0 lasts for no more than " + rounds));
    }

    /** Where the promise is about an exchange, the noise is half as much in relation to how far the sum moves. */
    @Test
    void whatIsDrawnIsWhatIsCharged() {
        Privacy z2 = privacy(NOISED_SUM, 0.5, 2);
        RunSpec all = spec(OptionalInt.empty(), 2, new Uniform());
        assertCharged(all.with(z2), new Gaussian(2), Adjacency.ZERO_OUT);
        assertCharged(spec(OptionalInt.empty(), 1, new Poisson(0.25)).with(z2),
                new PoissonSampled(0.25, new Gaussian(2)), Adjacency.ADD_OR_REMOVE_ONE);
        assertCharged(spec(OptionalInt.of(3), 2, new Uniform()).with(z2),
                new FixedSizeSampled(CLIENTS, 3, new Gaussian(1)), Adjacency.REPLACE_ONE);
        assertCharged(all.with(privacy(new Mechanism.Local(), 0.5, 2)), new Gaussian(1), Adjacency.REPLACE_ONE);
        assertThat(all.with(z2).privacy().orElseThrow().epsilon(0)).isZero();
    }

    private static void assertCharged(RunSpec spec, DpEvent round, Adjacency adjacency) {
        PrivacyPlan plan = spec.privacy().orElseThrow();
        assertThat(plan.event(5)).isEqualTo(new SelfComposed(round, 5));
        assertThat(plan.drawing().adjacency()).isEqualTo(adjacency);
        assertThat(plan.epsilon(5)).isEqualTo(plan.accounting().accountant()
                .curve(new SelfComposed(round, 5), adjacency).epsilon(1e-3));
    }

    @Test
    void refusesWhatItCannotPromise() {
        RunSpec plain = spec(OptionalInt.empty(), 2, new Uniform());
        refuses(spec(OptionalInt.of(3), 2, new PowerOfChoice(6)), CENTRAL, "chosen by PowerOfChoice");
        refuses(plain.with(Strategies.scaffold(new LocalTraining(2, 5, 0.3, 0, 0, true), 1, CLIENTS)),
                CENTRAL,
                "SCAFFOLD");
        refuses(plain.with(new Personalization.Clusters(2)), CENTRAL, "ifca");
        Privacy careless = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(1), OptionalDouble.empty(), 0.1,
                Optional.of(Accounting.RDP), Set.of());
        refuses(plain, careless, "0.1, and there are 12 nodes");
        refuses(measuring(plain), CENTRAL, "exempt: [evaluation]");
        Privacy exempt = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(1), OptionalDouble.empty(), 1e-3,
                Optional.of(Accounting.RDP), Set.of(Exempt.EVALUATION));
        assertThat(measuring(plain).with(exempt).privacy()).isPresent();
        Privacy poor = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(1), OptionalDouble.of(0.01), 1e-3,
                Optional.of(Accounting.RDP), Set.of());
        refuses(plain, poor, "one round costs");
        assertThatThrownBy(() -> new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(0), OptionalDouble.of(1), 1e-3,
                Optional.of(Accounting.RDP), Set.of())).hasMessageContaining("without noise there is no privacy");
    }

    /** Nobody can see anything of the noise but that it is small; the sum is that of the clipped updates. */
    @Test
    void withHardlyAnyNoiseEachMechanismIsThePlainMean() throws InterruptedException {
        RunSpec plain = spec(OptionalInt.empty(), 2, new Uniform())
                .with(Strategies.fedAvg(new LocalTraining(2, 5, 0.3, 0, 0, true), Weighting.UNIFORM, 1));
        double[] expected = values(run(plain));
        for (Mechanism mechanism : List.of(new Mechanism.Local(), new Mechanism.Correlated())) {
            closeTo(expected, values(run(plain.with(privacy(mechanism, 100, 1e-9)))), 1e-4);
        }
        RunSpec once = ofOneRound(plain);
        for (IntegerNoise noise : IntegerNoise.values()) {
            Mechanism distributed = new Mechanism.Distributed(noise, 24);
            double deviation = 1e-4 * 20 / Math.sqrt(2) * Math.sqrt(CLIENTS) / CLIENTS;
            closeTo(values(run(once)), values(run(once.with(privacy(distributed, 20, 1e-4)))), 5 * deviation);
        }
    }

    private static RunSpec ofOneRound(RunSpec spec) {
        return new RunSpec(spec.name(), "", spec.data(), spec.model(), spec.strategy(), 1, spec.cohort(), 0,
                StopRule.NEVER, spec.seed());
    }

    private static Privacy privacy(Mechanism mechanism, double clip, double noise) {
        return new Privacy(mechanism, clip, OptionalDouble.of(noise), OptionalDouble.empty(), 1e-3, Optional.empty(),
                Set.of());
    }

    private static void closeTo(double[] expected, double[] found, double most) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(most));
        }
    }

    /** No clip lets an update through, so what is left is noise. */
    @Test
    void correlatedNoiseIsLessInAllThanIndependentNoise() throws InterruptedException {
        double independent = 0;
        double correlated = 0;
        for (int seed = 0; seed < 40; seed++) {
            RunSpec still = still(seed);
            independent += square(run(still.with(privacy(NOISED_SUM, 1, 1))));
            correlated += square(run(still.with(privacy(new Mechanism.Correlated(), 1, 1))));
        }
        double deviation = 1.0 / CLIENTS;
        int values = values(run(still(0).with(privacy(NOISED_SUM, 1, 1)))).length;
        double draws = 40.0 * values;
        // independent: five rounds of the variance; standard error of a mean square: sqrt(2 / draws) of it
        assertThat(independent / draws).isCloseTo(5 * deviation * deviation,
                within(5 * 5 * deviation * deviation * Math.sqrt(2 / draws)));
        // correlated: what is in the model after five rounds is the sum of the last row of the inverse, squared
        double expected = 0;
        double[][] buffers = new double[BLT.buffers()][5];
        double[] sum = new double[5];
        for (int round = 0; round < 5; round++) {
            double[] z = new double[5];
            z[round] = 1;
            BLT.correlate(z, buffers);
            for (int i = 0; i < 5; i++) {
                sum[i] += z[i];
            }
        }
        for (double weight : sum) {
            expected += weight * weight;
        }
        assertThat(correlated / draws).isCloseTo(expected * deviation * deviation,
                within(5 * expected * deviation * deviation * Math.sqrt(2 / draws)));
        assertThat(expected).isLessThan(5);
    }

    /** Steps so small that updates are nothing beside the noise. */
    private static RunSpec still(int seed) {
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform())
                .with(Strategies.fedAvg(new LocalTraining(1, 5, 1e-12, 0, 0, true), Weighting.UNIFORM, 1));
        return new RunSpec(spec.name(), "", spec.data(), spec.model(), spec.strategy(), spec.compression(),
                spec.rounds(), spec.cohort(), spec.evaluation(), spec.stop(), new Seed(seed));
    }

    private static double square(Checkpoint end) {
        return Arrays.stream(values(end)).map(value -> value * value).sum();
    }

    /** After each round is what would be after it without the pause: noise to be taken back is not lost. */
    @Test
    void noiseOfEarlierRoundsOutlivesTheProcess() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(privacy(new Mechanism.Correlated(), 0.5, 1));
        Checkpoint whole = run(spec);
        boolean[] killed = {false};
        Store store = new MemoryStore(event -> {
            if (event instanceof RunEvent.RoundCommitted committed && committed.record().round() == 2 && !killed[0]) {
                killed[0] = true;
                throw new FederationException("killed", true);
            }
        });
        try (LocalFleet fleet = new LocalFleet(clients(SimulatedNoise.SEEDED), 1)) {
            assertThatThrownBy(() -> new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK, Map.of(),
                    SimulatedNoise.SEEDED).run()).hasMessage("killed");
        }
        assertThat(noiseOf(store.latest(Simulation.RUN).orElseThrow())).as("two slots each of three buffers")
                .hasSize(6);
        try (LocalFleet fleet = new LocalFleet(clients(SimulatedNoise.SEEDED), 1)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK, Map.of(), SimulatedNoise.SEEDED).run();
        }
        assertThat(store.latest(Simulation.RUN).orElseThrow().state()).isEqualTo(whole.state());
        assertThat(noiseOf(whole)).as("when the run is over").isEmpty();
    }

    private static Set<String> noiseOf(Checkpoint checkpoint) {
        Set<String> slots = new TreeSet<>(checkpoint.state().slots().keySet());
        slots.removeIf(slot -> !slot.startsWith("privacy.noise"));
        return slots;
    }

    @Test
    void whoRestsIsNeverAskedWhereItIsCharged() throws InterruptedException {
        CohortSelector resting = new Separated(new Uniform(), 2);
        RunSpec spec = spec(OptionalInt.of(4), 2, resting).with(privacy(new Mechanism.Correlated(), 0.5, 1));
        assertThat(spec.privacy().orElseThrow().drawing().separation()).isEqualTo(3);
        double restless = spec(OptionalInt.of(4), 2, new Uniform()).with(privacy(new Mechanism.Correlated(), 0.5, 1))
                .privacy().orElseThrow().epsilon(5);
        assertThat(spec.privacy().orElseThrow().epsilon(5)).isLessThan(restless);
        List<RoundRecord> history = run(spec).history();
        for (RoundRecord round : history) {
            history.stream().filter(later -> later.round() > round.round() && later.round() < round.round() + 3)
                    .forEach(later -> assertThat(later.asked()).doesNotContainAnyElementsOf(round.counted()));
        }
        assertThat(history).hasSize(5);
    }

    /** As much noise as the fewest have together is as much as a coordinator would add. */
    @Test
    void distributedNoiseIsChargedForTheFewestThatAnswer() {
        Mechanism skellam = new Mechanism.Distributed(IntegerNoise.SKELLAM, 20);
        PrivacyPlan few = spec(OptionalInt.empty(), 3, new Uniform()).with(privacy(skellam, 0.5, 4)).privacy()
                .orElseThrow();
        PrivacyPlan all = spec(OptionalInt.empty(), CLIENTS, new Uniform()).with(privacy(skellam, 0.5, 4)).privacy()
                .orElseThrow();
        Privacy sum = new Privacy(NOISED_SUM, 0.5, OptionalDouble.of(4), OptionalDouble.empty(), 1e-3,
                Optional.of(Accounting.RDP), Set.of());
        PrivacyPlan central = spec(OptionalInt.empty(), 2, new Uniform()).with(sum).privacy().orElseThrow();
        assertThat(few.accounting()).isEqualTo(Accounting.RDP);
        assertThat(few.epsilon(5)).isCloseTo(all.epsilon(5), within(0.01)).isGreaterThan(central.epsilon(5))
                .isCloseTo(central.epsilon(5), within(0.01));
    }

    @Test
    void tooFewBitsLeaveNoRoomForNoise() {
        refuses(spec(OptionalInt.empty(), 2, new Uniform()),
                privacy(new Mechanism.Distributed(IntegerNoise.SKELLAM, 8), 1, 0.01), "more bits");
    }

    @Test
    void whoIsTooLateDependsOnNobody() {
        Cohort hasty = new Cohort(CLIENTS, OptionalInt.of(6), 2, 1.5, Duration.ofMinutes(1), false, new Uniform());
        RunSpec plain = spec(OptionalInt.empty(), 2, new Uniform());
        RunSpec spec = new RunSpec("private", "", plain.data(), plain.model(), plain.strategy(), plain.compression(), 5,
                hasty, plain.evaluation(), StopRule.NEVER, plain.seed());
        for (Mechanism mechanism : List.of(NOISED_SUM, new Mechanism.Correlated(),
                new Mechanism.Distributed(IntegerNoise.SKELLAM, 20))) {
            refuses(spec, privacy(mechanism, 0.5, 1), "overSelection is 1.5");
        }
        assertThat(spec.with(local()).privacy()).isPresent();
    }

    /** The divisor, the modulus and delta are for as many as the file names. */
    @Test
    void moreClientsThanTheFileNamesAreNotAskedAtOnce() throws InterruptedException {
        RunSpec named = spec(OptionalInt.empty(), 2, new Uniform());
        RunSpec ofFive = new RunSpec("private", "", named.data(), named.model(), named.strategy(), 3,
                new Cohort(5, OptionalInt.empty(), 2, Duration.ofMinutes(1)), 0, StopRule.NEVER, named.seed());
        assertThat(run(ofFive).history()).allMatch(round -> round.asked().size() == CLIENTS);
        assertThat(run(ofFive.with(CENTRAL)).history()).hasSize(3).allMatch(round -> round.asked().size() == 5);
    }

    /** Clients of a draw by coins that cannot read their rows are silent; to draw again would favour the others. */
    @Test
    void aDrawIsKeptHoweverManyAreSilent() throws InterruptedException {
        SortedMap<String, Client> clients = clients(SimulatedNoise.SEEDED);
        clients.replaceAll((name, client) -> new Client(
                Map.of("rows", spec -> RandomTables.of(RandomTables.CLASSES, 30, 1)),
                task -> task instanceof Task.Fit ? Optional.of("not now") : Optional.empty(), ClientMemory.inMemory(),
                Client.TIMELESS, SimulatedNoise.SEEDED));
        Store store = new MemoryStore(events::add);
        RunSpec spec = spec(OptionalInt.empty(), 2, new Poisson(0.5)).with(CENTRAL);
        try (LocalFleet fleet = new LocalFleet(clients, 1)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK, Map.of(), SimulatedNoise.SEEDED).run();
        }
        assertThat(store.latest(Simulation.RUN).orElseThrow().history()).hasSize(5)
                .allMatch(round -> round.updates() == 0);
        assertThat(events).noneMatch(RunEvent.RoundAbandoned.class::isInstance);
    }

    private static RunSpec measuring(RunSpec spec) {
        return new RunSpec(spec.name(), spec.purpose(), spec.data(), spec.model(), spec.strategy(), spec.compression(),
                spec.rounds(), spec.cohort(), new Evaluation(1), spec.stop(), spec.seed());
    }

    private static void refuses(RunSpec spec, Privacy privacy, String reason) {
        assertThatThrownBy(() -> spec.with(privacy)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    /** A round that is tried again gets no second update with other noise, and ends with those it has. */
    @Test
    void aClientThatAddsNoiseTellsOneUpdateARound() throws InterruptedException {
        List<Task.Fit> asked = new ArrayList<>();
        Consent watching = task -> {
            if (task instanceof Task.Fit fit) {
                asked.add(fit);
            }
            return Optional.empty();
        };
        SortedMap<String, Client> clients = new TreeMap<>();
        for (String name : List.of("a", "b")) {
            clients.put(name, new Client(
                    Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, 1))), watching,
                    ClientMemory.inMemory(), Client.TIMELESS, SimulatedNoise.SEEDED));
        }
        RunSpec two = ofOneRound(spec(OptionalInt.empty(), 2, new Uniform()));
        two = new RunSpec(two.name(), "", two.data(), two.model(), two.strategy(), 1,
                new Cohort(2, OptionalInt.empty(), 2, Duration.ofMinutes(1)), 0, StopRule.NEVER, two.seed())
                .with(local());
        try (LocalFleet fleet = new LocalFleet(clients, 1)) {
            new RunLoop(Simulation.RUN, two, fleet, new MemoryStore(event -> {}), Simulation.CLOCK).run();
        }
        assertThat(clients.get("a").perform(asked.get(0))).isInstanceOfSatisfying(Report.Failed.class,
                failed -> assertThat(failed.reason()).contains("round 1 has been told"));
        Task.Fit unprotected = asked.get(0);
        assertThat(clients.get("a").perform(new Task.Fit(unprotected.run(), 1, unprotected.data(),
                unprotected.preprocessing(), unprotected.model(), unprotected.parameters(), unprotected.training(),
                unprotected.seed()))).isInstanceOf(Report.Fitted.class);
    }

    /** The half of a client, alone. */
    @Test
    void aClientOfLocalPrivacySendsAsMuchNoiseAsItWasAskedFor() throws InterruptedException {
        RunSpec spec = spec(OptionalInt.empty(), 2, new Uniform()).with(local());
        List<Task.Fit> asked = new ArrayList<>();
        Client client = new Client(
                Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, 1))),
                task -> {
                    if (task instanceof Task.Fit fit) {
                        asked.add(fit);
                    }
                    return Optional.empty();
                }, ClientMemory.inMemory(), Client.TIMELESS, SimulatedNoise.SEEDED);
        SortedMap<String, Client> clients = new TreeMap<>(Map.of("a", client, "b", new Client(
                Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, 2))))));
        RunSpec two = new RunSpec(spec.name(), "", spec.data(), spec.model(), spec.strategy(), 2,
                new Cohort(2, OptionalInt.empty(), 2, Duration.ofMinutes(1)), 0, StopRule.NEVER, spec.seed())
                .with(local());
        try (LocalFleet fleet = new LocalFleet(clients, 1)) {
            new RunLoop(Simulation.RUN, two, fleet, new MemoryStore(event -> {}), Simulation.CLOCK).run();
        }
        assertThat(asked.get(0).protection().orElseThrow().deviation()).isEqualTo(0.5);
        double square = 0;
        int values = 0;
        Map<String, DataSource> rows = Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 30, 1)));
        for (int draw = 0; draw < 400; draw++) {
            Task.Fit fit = asked.get(0);
            Client forgetful =
                    new Client(rows, Consent.TO_ALL, ClientMemory.inMemory(), Client.TIMELESS, SimulatedNoise.SEEDED);
            Report report = forgetful.perform(new Task.Fit(fit.run(), fit.round(), fit.data(), fit.preprocessing(),
                    fit.model(), fit.parameters(), fit.training(), fit.compression(), new Seed(draw), fit.timeLeft(),
                    fit.counted(), fit.personalization(), false, fit.protection()));
            Report.Fitted fitted = (Report.Fitted) report;
            assertThat(fitted.update().weight()).isEqualTo(1);
            assertThat(fitted.update().sums().values()).isEmpty();
            double[] sum = {0};
            fitted.update().difference().read((offset, read, from, length) -> {
                for (int i = from; i < from + length; i++) {
                    sum[0] += (double) read[i] * read[i];
                }
            });
            square += sum[0];
            values += fitted.update().difference().layout().size();
        }
        // beside the noise of variance 0.25 each there is an update of a norm of at most 0.5 in all
        assertThat(square / values).isBetween(0.25 * 0.9, 0.25 * 1.1 + 0.25 * 400 / values);
    }
}
