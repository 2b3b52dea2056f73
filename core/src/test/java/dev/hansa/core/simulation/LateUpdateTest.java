package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.FleetAround;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An update that is not counted leaves no trace, neither here nor in what its client remembers. */
class LateUpdateTest {
    private static final LocalTraining TRAINING = new LocalTraining(2, 5, 0.05, 0, 0, true);
    private static final Map<String, Table> TABLES = tables();

    private static Map<String, Table> tables() {
        SortedMap<String, Table> tables = new TreeMap<>();
        List.of("a", "b", "c")
                .forEach(client -> tables.put(client, RandomTables.of(RandomTables.CLASSES, 20, client.hashCode())));
        return tables;
    }

    static Stream<Arguments> whoRemembers() {
        return Stream.of(Arguments.of(Strategies.scaffold(TRAINING, 1, 3), Compression.NONE, Personalization.none()),
                Arguments.of(Strategies.fedDyn(TRAINING, 0.1, 3), Compression.NONE, Personalization.none()),
                Arguments.of(Strategies.fedAvg(TRAINING, Weighting.EXAMPLES), Compression.NONE,
                        new LocalLayers(List.of("layer2.*"), OptionalInt.of(2), new Seed(3))),
                Arguments.of(Strategies.fedAvg(TRAINING, Weighting.EXAMPLES),
                        new Compression(Values.FLOAT32, 8, 0.3, false), Personalization.none()));
    }

    @ParameterizedTest
    @MethodSource("whoRemembers")
    void whoIsLateWasNotThere(Strategy strategy, Compression compression, Personalization own)
            throws InterruptedException {
        Parameters late = model(strategy, compression, own, Late.AFTER_TRAINING);
        assertThat(late).isEqualTo(model(strategy, compression, own, Late.NOT_ASKED));
        assertThat(late).isNotEqualTo(model(strategy, compression, own, Late.NEVER));
    }

    private static Parameters model(Strategy strategy, Compression compression, Personalization own, Late late)
            throws InterruptedException {
        RunSpec plain = Simulation.spec(RandomTables.CLASSES, new ModelSpec.Mlp(List.of(4)), strategy, 5, 3);
        RunSpec spec = new RunSpec(plain.name(), plain.purpose(), plain.data(), plain.model(), strategy, compression,
                plain.rounds(), plain.cohort(), plain.evaluation(), plain.stop(), own, plain.seed());
        Store store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(Simulation.clients(TABLES), 1)) {
            new RunLoop(Simulation.RUN, spec, new LateFleet(fleet, late), store, Simulation.CLOCK).run();
        }
        return store.latest(Simulation.RUN).orElseThrow().state().parameters();
    }

    private enum Late {
        NEVER, AFTER_TRAINING, NOT_ASKED
    }

    /** In rounds 2 and 4 nothing comes of client c. */
    private static final class LateFleet extends FleetAround {
        private final Late late;

        LateFleet(LocalFleet fleet, Late late) {
            super(fleet);
            this.late = late;
        }

        @Override
        public void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
                throws InterruptedException {
            if (question.phase() != Phase.FIT || question.round() % 2 == 1 || late == Late.NEVER) {
                inner.ask(question, tasks, patience, answers);
                return;
            }
            SortedMap<String, Task> asked = new TreeMap<>(tasks);
            if (late == Late.NOT_ASKED) {
                asked.remove("c");
            }
            inner.ask(question, asked, patience, new Answers() {
                @Override
                public void arrived(String client, Traffic traffic) {
                    answers.arrived(client, traffic);
                }

                @Override
                public void count(String client, Report report) {
                    if (!client.equals("c")) {
                        answers.count(client, report);
                    }
                }
            });
        }
    }
}
