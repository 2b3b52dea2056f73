package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.FleetOfRounds;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Precision;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.privacy.clip.AdaptiveClip;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether trainings write over updates that were counted makes no difference to any kind of run. */
class ReusedInAllRunsTest {
    /** So many that each thread has several updates which are not counted yet. */
    private static final int CLIENTS = 48;
    private static final int ROUNDS = 4;
    private static final int STEPS = 3;
    private static final LocalTraining TRAINING = new LocalTraining(2, 5, 0.1, 0, 0, true);
    private static final Strategy FED_AVG = Strategies.fedAvg(TRAINING, Weighting.EXAMPLES);

    record Kind(String name, RunSpec spec) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static RunSpec spec(Strategy strategy, Compression compression, Personalization own) {
        return new RunSpec("reused", "", new DataSpec("rows", RandomTables.CLASSES, new HoldOut.Every(5), true),
                new ModelSpec.Mlp(List.of(4)).in(Precision.SINGLE), strategy, compression, ROUNDS,
                new Cohort(CLIENTS, OptionalInt.empty(), 1, Duration.ofMinutes(1)), new Evaluation(1),
                StopRule.NEVER, own, new Seed(7));
    }

    private static Kind plain(String name, Strategy strategy) {
        return new Kind(name, spec(strategy, Compression.NONE, Personalization.none()));
    }

    private static Kind owned(String name, Personalization own) {
        return new Kind(name, spec(FED_AVG, Compression.NONE, own));
    }

    private static Kind compressed(String name, Strategy strategy, Compression compression) {
        return new Kind(name, spec(strategy, compression, Personalization.none()));
    }

    private static Kind hidden(String name, Mechanism mechanism, Strategy strategy) {
        Privacy privacy = new Privacy(mechanism, 0.5, OptionalDouble.of(1), OptionalDouble.empty(), 1e-4,
                Optional.empty(), Set.of(Exempt.EVALUATION, Exempt.STATISTICS));
        return new Kind(name, spec(strategy, Compression.NONE, Personalization.none()).with(privacy));
    }

    static Stream<Kind> kinds() {
        Compression sparse = new Compression(Values.INT8, 16, 0.2, false);
        Strategy steps = Strategies.fedAvg(TRAINING.withSteps(STEPS), Weighting.EXAMPLES);
        return Stream.of(plain("FedAvg", FED_AVG), plain("FedNova", Strategies.fedNova(TRAINING, Weighting.EXAMPLES)),
                plain("q-FedAvg", Strategies.qFedAvg(TRAINING, 1)),
                plain("SCAFFOLD", Strategies.scaffold(TRAINING, 1, CLIENTS)),
                plain("FedDyn", Strategies.fedDyn(TRAINING, 0.1, CLIENTS)),
                compressed("rounded", FED_AVG, Compression.of(Values.FLOAT16)), compressed("sparse", FED_AVG, sparse),
                compressed("sparse FedDyn", Strategies.fedDyn(TRAINING, 0.1, CLIENTS), sparse),
                owned("Ditto", new Ditto(0.1)), owned("IFCA", new Clusters(2)),
                owned("FedRep", new LocalLayers(List.of("layer2.*"), OptionalInt.of(1), new Seed(1))),
                hidden("central", new Mechanism.Central(Optional.empty()), FED_AVG),
                hidden("adaptive", new Mechanism.Central(Optional.of(new AdaptiveClip(0.1, 0.5, 0.2, 2))), FED_AVG),
                hidden("local", new Mechanism.Local(), FED_AVG),
                hidden("distributed", new Mechanism.Distributed(IntegerNoise.SKELLAM, 20), FED_AVG),
                hidden("examples", new Mechanism.Examples(0.2, STEPS), steps));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theyEndInTheSameBytes(Kind kind) throws InterruptedException {
        ServerState kept = end(kind.spec, 1, true);

        assertThat(kept.round()).isEqualTo(ROUNDS);
        assertThat(end(kind.spec, 1, false)).isEqualTo(kept);
        assertThat(end(kind.spec, 3, false)).isEqualTo(kept);
    }

    private static ServerState end(RunSpec spec, int threads, boolean keeps) throws InterruptedException {
        Store store = new MemoryStore(event -> {});
        SortedMap<String, Client> clients = new TreeMap<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.put("c" + client,
                    new Client(Map.of("rows", new TableSource(RandomTables.of(RandomTables.CLASSES, 12, client))),
                            Consent.TO_ALL, ClientMemory.inMemory(), Client.TIMELESS, SimulatedNoise.SEEDED));
        }
        try (LocalFleet fleet = new LocalFleet(clients, threads)) {
            new RunLoop(Simulation.RUN, spec, keeps ? new Keeping(fleet) : fleet, store, Simulation.CLOCK, Map.of(),
                    SimulatedNoise.SEEDED).run();
        }
        return store.latest(Simulation.RUN).orElseThrow().state();
    }

    /** Lets no update go. */
    private static final class Keeping extends FleetOfRounds {
        private final Fleet fleet;

        Keeping(Fleet fleet) {
            this.fleet = fleet;
        }

        @Override
        public SortedSet<String> available() {
            return fleet.available();
        }

        @Override
        public SortedSet<String> await(int clients, Set<String> excluded) throws InterruptedException {
            return fleet.await(clients, excluded);
        }

        @Override
        public boolean isReliable() {
            return fleet.isReliable();
        }

        @Override
        public void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
                throws InterruptedException {
            fleet.ask(question, tasks, patience, new Answers() {
                @Override
                public void arrived(String client, Traffic traffic) {
                    answers.arrived(client, traffic);
                }

                @Override
                public void count(String client, Report report) {
                    answers.count(client, report);
                }
            });
        }
    }
}
