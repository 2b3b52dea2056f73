package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs whose updates are compressed learn as much as others. */
class CompressedRunTest {
    private static final int ROUNDS = 60;

    static Stream<Compression> compressions() {
        return Stream.of(Compression.of(Values.FLOAT16), Compression.of(Values.BFLOAT16), Compression.of(Values.INT8),
                new Compression(Values.INT8, 16, 1, true), new Compression(Values.FLOAT32, 256, 0.1, false),
                new Compression(Values.FLOAT16, 256, 0.05, false), new Compression(Values.INT8, 32, 0.1, false));
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void theyEndNearTheUncompressedRun(Compression compression) throws InterruptedException {
        List<RoundRecord> plain = last(Compression.NONE, 2).history();
        double end = loss(plain.get(ROUNDS - 1));
        double learnt = loss(plain.get(0)) - end;
        assertThat(learnt).as("there is something to learn").isGreaterThan(end);
        double compressed = loss(last(compression, 2).history().get(ROUNDS - 1));
        assertThat(compressed).isCloseTo(end, within(learnt * (compression.isSparse() ? 0.02 : 0.002)));
    }

    @Test
    void theyDoNotDependOnTheNumberOfThreads() throws InterruptedException {
        Compression compression = new Compression(Values.INT8, 32, 0.1, false);
        assertThat(last(compression, 1).state()).isEqualTo(last(compression, 3).state());
    }

    private static double loss(RoundRecord round) {
        return round.training().get(Metrics.LOSS).orElseThrow();
    }

    private static Checkpoint last(Compression compression, int threads) throws InterruptedException {
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < 4; client++) {
            tables.put("c" + client, RandomTables.of(RandomTables.REGRESSION, 60, client));
        }
        RunSpec plain = Simulation.spec(RandomTables.REGRESSION, new ModelSpec.Mlp(List.of(16, 16)),
                Strategies.fedAvg(new LocalTraining(1, 10, 0.05, 0, 0, true), Weighting.EXAMPLES, 1), ROUNDS, 4);
        RunSpec spec = new RunSpec(plain.name(), plain.purpose(), plain.data(), plain.model(), plain.strategy(),
                compression, plain.rounds(), plain.cohort(), plain.evaluation(), plain.stop(), plain.seed());
        Store store = new MemoryStore(event -> {});
        Simulation.run(spec, tables, threads, store);
        return store.latest(Simulation.RUN).orElseThrow();
    }
}
