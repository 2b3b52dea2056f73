package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.aggregate.robust.CoordinateMedian;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
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
import org.junit.jupiter.api.Test;

/** Runs whose nodes hide their rows. */
class HiddenRowsRunTest {
    private static final int CLIENTS = 4;
    private static final int ROWS = 400;
    private static final int STEPS = 15;
    private static final LocalTraining TRAINING = new LocalTraining(1, 32, 0.5, 0, 0, true).withSteps(STEPS);

    private final List<RunEvent> events = new ArrayList<>();

    private static RunSpec spec(ModelSpec model, Strategy strategy, Compression compression, Personalization own) {
        Cohort cohort = new Cohort(CLIENTS, OptionalInt.empty(), 3, Duration.ofMinutes(1));
        return new RunSpec("rows", "", new DataSpec("rows", RandomTables.CLASSES, new HoldOut.Every(4), true), model,
                strategy, compression, 10, cohort, new Evaluation(10), StopRule.NEVER, own, new Seed(7));
    }

    private static RunSpec spec(Strategy strategy) {
        return spec(new ModelSpec.Softmax(), strategy, Compression.NONE, Personalization.none());
    }

    private static Strategy fedAvg(LocalTraining training) {
        return Strategies.fedAvg(training, Weighting.EXAMPLES, 1);
    }

    private static Privacy privacy(double noise, OptionalDouble epsilon, int steps) {
        return new Privacy(new Mechanism.Examples(0.1, steps), 1, OptionalDouble.of(noise), epsilon, 1e-5,
                Optional.empty(), Set.of(Exempt.EVALUATION, Exempt.STATISTICS));
    }

    private static Privacy privacy() {
        return privacy(1, OptionalDouble.empty(), STEPS);
    }

    private Checkpoint run(RunSpec spec, int threads, NoiseSource noise) throws InterruptedException {
        MemoryStore store = new MemoryStore(events::add);
        SortedMap<String, Client> clients = new TreeMap<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.put("c" + client,
                    new Client(Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, ROWS, client, 4))),
                            Consent.TO_ALL, ClientMemory.inMemory(), Client.TIMELESS, noise));
        }
        try (LocalFleet fleet = new LocalFleet(clients, threads)) {
            new RunLoop(Simulation.RUN, spec, fleet, store, Simulation.CLOCK, Map.of(), noise).run();
        }
        return store.latest(Simulation.RUN).orElseThrow();
    }

    private Checkpoint run(RunSpec spec) throws InterruptedException {
        Checkpoint end = run(spec, 2, SimulatedNoise.SEEDED);
        assertThat(events.get(events.size() - 1)).isInstanceOf(RunEvent.Finished.class);
        return end;
    }

    private static double accuracy(Checkpoint end) {
        return end.history().get(end.history().size() - 1).evaluation().get(Metrics.ACCURACY).orElseThrow();
    }

    @Test
    void learnsNearlyAsMuchAsWithoutNoise() throws InterruptedException {
        RunSpec plain = spec(fedAvg(TRAINING));
        double without = accuracy(run(plain));
        RunSpec hiding = plain.with(privacy());
        Checkpoint end = run(hiding);
        assertThat(without).isGreaterThan(0.9);
        assertThat(accuracy(end)).isGreaterThan(without - 0.05);
        assertThat(hiding.privacy().orElseThrow().epsilon(10)).isLessThan(9);
        assertThat(end.history()).allMatch(round -> round.training().values().isEmpty());
        assertThat(end.history().get(0).clients().values()).allMatch(part -> part.rows().getAsDouble() == ROWS * 3 / 4);
        Checkpoint drowned = run(plain.with(privacy(1000, OptionalDouble.empty(), STEPS)));
        assertThat(accuracy(drowned)).as("there is noise").isLessThan(without - 0.05);
    }

    @Test
    void aSimulationIsTheSameForAnyNumberOfThreadsAndARunIsNot() throws InterruptedException {
        RunSpec spec = spec(fedAvg(TRAINING)).with(privacy());
        assertThat(run(spec, 1, SimulatedNoise.SEEDED).state()).isEqualTo(run(spec, 4, SimulatedNoise.SEEDED).state());
        assertThat(run(spec, 1, NoiseSource.SECRET).state()).isNotEqualTo(run(spec, 1, NoiseSource.SECRET).state());
    }

    @Test
    void whatItCostsIsThatOfItsSteps() {
        RunSpec spec = spec(fedAvg(TRAINING)).with(privacy());
        double expected = new PldAccountant().curve(
                new SelfComposed(new PoissonSampled(0.1, new Gaussian(1)), 7 * STEPS), Adjacency.ADD_OR_REMOVE_ONE)
                .epsilon(1e-5);
        assertThat(spec.privacy().orElseThrow().epsilon(7)).isCloseTo(expected, within(1e-12));
        Privacy all = new Privacy(new Mechanism.Examples(1, STEPS), 1, OptionalDouble.of(20), OptionalDouble.empty(),
                1e-5, Optional.empty(), Set.of(Exempt.EVALUATION, Exempt.STATISTICS));
        double exact = new PldAccountant().curve(new SelfComposed(new Gaussian(20), 7 * STEPS),
                Adjacency.ADD_OR_REMOVE_ONE).epsilon(1e-5);
        assertThat(spec(fedAvg(TRAINING)).with(all).privacy().orElseThrow().epsilon(7)).isCloseTo(exact, within(1e-12));
    }

    @Test
    void theRunEndsBeforeItsBudgetIsExceeded() throws InterruptedException {
        RunSpec spec = spec(fedAvg(TRAINING)).with(privacy(1, OptionalDouble.of(4), STEPS));
        int rounds = spec.lastRound();
        assertThat(rounds).isBetween(1, 9);
        assertThat(spec.privacy().orElseThrow().epsilon(rounds)).isLessThanOrEqualTo(4);
        assertThat(spec.privacy().orElseThrow().epsilon(rounds + 1)).isGreaterThan(4);
        assertThat(run(spec).history()).hasSize(rounds);
        assertThat(events.get(events.size() - 1)).isInstanceOfSatisfying(RunEvent.Finished.class,
                end -> assertThat(end.reason()).contains("budget of epsilon 4.0"));
    }

    /** What is worked out of noised gradients tells no more than these. */
    @Test
    void anyRuleCorrectionCompressionAndModelOfOnesOwnGoesWithIt() throws InterruptedException {
        Compression few = new Compression(Compression.Values.INT8, 256, 0.5, false);
        Strategy median = Strategies.fedAvg(TRAINING, Weighting.EXAMPLES).aggregating(new CoordinateMedian());
        for (RunSpec spec : List.of(spec(median), spec(Strategies.scaffold(TRAINING, 1, CLIENTS)),
                spec(new ModelSpec.Mlp(List.of(6)), fedAvg(TRAINING), few, new Personalization.Ditto(0.1)),
                spec(new ModelSpec.Mlp(List.of(6)), fedAvg(TRAINING), Compression.NONE, layers(OptionalInt.empty())))) {
            Checkpoint end = run(spec.with(privacy()));
            assertThat(end.history()).hasSize(10);
            assertThat(end.state().parameters()).isNotEqualTo(run(spec).state().parameters());
            assertThat(accuracy(end)).isGreaterThan(0.7);
        }
    }

    private static LocalLayers layers(OptionalInt headEpochs) {
        return new LocalLayers(List.of("layer2.*"), headEpochs, new Seed(1));
    }

    /** Only the node knows how many rows it has. */
    @Test
    void aNodeRefusesAPromiseThatMeansNothingForItsRows() throws InterruptedException {
        Privacy careless = new Privacy(new Mechanism.Examples(0.1, STEPS), 1, OptionalDouble.of(1),
                OptionalDouble.empty(), 0.01, Optional.empty(), Set.of(Exempt.EVALUATION, Exempt.STATISTICS));
        run(spec(fedAvg(TRAINING)).with(careless), 2, SimulatedNoise.SEEDED);
        assertThat(events.get(events.size() - 1).toString()).contains("a delta of 0.01, and there are 300 rows");
    }

    @Test
    void refusesWhatItCannotPromise() {
        refuses(spec(fedAvg(new LocalTraining(1, 32, 0.5, 0, 0, true))), "training.steps is epochs");
        refuses(spec(fedAvg(TRAINING.withSteps(3))), "counted for 15 steps a round, and training.steps is 3");
        refuses(spec(new ModelSpec.Mlp(List.of(6), Normalization.BATCH), fedAvg(TRAINING), Compression.NONE,
                Personalization.none()), "batch normalisation mixes the rows");
        refuses(spec(new ModelSpec.Mlp(List.of(6)), fedAvg(TRAINING), Compression.NONE, layers(OptionalInt.of(2))),
                "expected no headEpochs");
        refuses(spec(fedAvg(TRAINING)).with(new Clusters(2)), "ifca");
        refuses(spec(fedAvg(TRAINING.withMeasuredStart())), "loss of each node");
        Privacy strict = new Privacy(new Mechanism.Examples(0.1, STEPS), 1, OptionalDouble.of(1),
                OptionalDouble.empty(), 1e-5, Optional.empty(), Set.of());
        assertThatThrownBy(() -> spec(fedAvg(TRAINING)).with(strict)).hasMessageContaining("exempt: [evaluation]");
        assertThatThrownBy(() -> spec(fedAvg(TRAINING)).with(privacy(1, OptionalDouble.of(0.01), STEPS)))
                .hasMessageContaining("one round costs");
        assertThatThrownBy(() -> new Mechanism.Examples(0, 1)).hasMessageContaining("privacy.sampling is 0.0");
        assertThatThrownBy(() -> new Mechanism.Examples(0.5, 0)).hasMessageContaining("steps is 0");
    }

    private static void refuses(RunSpec spec, String reason) {
        assertThatThrownBy(() -> spec.with(privacy())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
