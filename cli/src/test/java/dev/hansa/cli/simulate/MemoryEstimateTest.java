package dev.hansa.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.bench.HeapWatch;
import dev.hansa.cli.results.RunRecorder;
import dev.hansa.cli.rows.ClientRows;
import dev.hansa.cli.rows.StoredRows;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TextEncoder;
import dev.hansa.core.data.Texts;
import dev.hansa.core.model.Seed;
import dev.hansa.core.simulation.MemoryEstimate;
import dev.hansa.core.simulation.Partitioner;
import dev.hansa.spec.RunFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What simulations are told to need beside the most that is alive on the heap while they run. */
class MemoryEstimateTest {
    private static final int THREADS = 2;
    /** What a process takes without any simulation, which is not measured here. */
    private static final long ANYWAY = 16L << 20;
    /** At short simulations, which are run again until they were looked at so often. */
    private static final int LOOKS = 20;

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "many rows;            softmax;                                        40; 20; 10000; 2; 4;  seed: 1",
            "a large model;        '{type: mlp, hidden: [2000, 1000], precision: single}'; 20; 8; 40; 2; 4; seed: 1",
            "in double precision;  '{type: mlp, hidden: [1000, 1000]}';             20; 8; 40; 2; 4; strategy: fedadam",
            "looking at all;       '{type: mlp, hidden: [500, 500], precision: single}'; 20; 40; 40; 2; 30; 'strategy: {type: combined, aggregate: median}'",
            "what clients keep;    '{type: mlp, hidden: [500, 500], precision: single}'; 20; 40; 40; 3; 40; strategy: scaffold",
            "many rounds;          softmax;                                         2; 200; 40; 200; 50; seed: 1"})
    void isNeitherTooLittleNorFarTooMuch(String what, String model, int columns, int clients, int rows, int rounds,
            int cohort, String more) throws InterruptedException {
        String features = String.join(", ", IntStream.range(0, columns).mapToObj(i -> "x" + i).toList());
        RunFile file = RunFile.parse("""
                hansa: 1
                name: heap
                data: {features: [%s], label: {c: {type: category, values: [0, 1]}}, holdOut: {every: 5}}
                model: %s
                training: {batchSize: 10, rate: 0.01}
                rounds: %d
                cohort: {size: %d, nodes: %d}
                %s
                """.formatted(features, model, rounds, cohort, clients, more), "run.yaml");
        long before = used();
        SortedMap<String, Table> tables = tables(file.spec().data().schema(), clients, rows);
        List<RunEvent> kept = new ArrayList<>();
        Simulation simulation;
        HeapWatch heap = new HeapWatch();
        try (heap) {
            simulation = Simulation.run(file, ClientRows.of(tables), Map.of(), THREADS, Optional.empty(), event -> {
                if (event instanceof RunEvent.RoundCommitted) {
                    kept.add(event);
                }
            });
        }
        assertThat(simulation).isNotNull();
        assertThat(kept).hasSize(rounds);
        long measured = heap.peakBytes() - before;
        long estimate = MemoryEstimate.of(file.spec(),
                MemoryEstimate.load(file.spec(), Simulation.load(ClientRows.of(tables)), THREADS)).bytes();
        assertThat(estimate).as(what).isBetween(measured, 3 * measured + ANYWAY);
    }

    /** A table of many rows that clients are cut from, of which few or all may be kept: 4 MB, or as much as they like. */
    @ParameterizedTest
    @CsvSource({"softmax, 20, 20000, 100, 4000000", "softmax, 20, 20000, 100, 4000000000",
            "softmax, 3, 50000, 50000, 4000000",
            "softmax, 3, 50000, 50000, 4000000000"})
    void neitherIsItOfClientsThatAreMadeWhenTheyAreAsked(String model, int columns, int rows, int clients, long room)
            throws InterruptedException {
        String features = String.join(", ", IntStream.range(0, columns).mapToObj(i -> "x" + i).toList());
        RunFile file = RunFile.parse("""
                hansa: 1
                name: heap
                data: {features: [%s], label: {c: {type: category, values: [0, 1]}}}
                model: %s
                training: {batchSize: 10, rate: 0.01}
                rounds: 5
                cohort: {size: 50, nodes: %d}
                """.formatted(features, model, clients), "run.yaml");
        assertEstimated(file, room, () -> {
            Table all = tables(file.spec().data().schema(), 1, rows).values().iterator().next();
            return ClientRows.cut(StoredRows.of(all), new Partitioner.Iid(clients, new Seed(1)).rows(rows));
        });
    }

    /** Running text, of which all examples are made when a client is there, and recurrent models. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"40; 2; '{type: lstm, embedding: 8, hidden: 64, layers: 2}'; 10",
            "80; 80; '{type: gru, embedding: 8, hidden: 128}'; 32",
            "20; 1; '{type: lstm, embedding: 8, hidden: 32}'; 10"})
    void neitherIsItOfRunningText(int length, int every, String model, int batch) throws InterruptedException {
        RunFile file = RunFile.parse("""
                hansa: 1
                name: heap
                data:
                  features: {LINE: {type: text, length: %d}}
                  label: {LINE: {type: nextCharacter, every: %d}}
                model: %s
                training: {batchSize: %d, rate: 0.1}
                rounds: 2
                cohort: {size: 2, nodes: 8}
                """.formatted(length, every, model, batch), "run.yaml");
        assertEstimated(file, Long.MAX_VALUE / 2, () -> ClientRows.of(texts(file.spec().data(), 8, 200 * every)));
    }

    private interface Making {
        ClientRows rows();
    }

    private static void assertEstimated(RunFile file, long room, Making making) throws InterruptedException {
        long before = used();
        ClientRows rows = making.rows();
        HeapWatch heap = new HeapWatch();
        Simulation simulation;
        RunRecorder recorder;
        try (heap) {
            do {
                recorder = new RunRecorder();
                simulation = Simulation.run(file, rows, Map.of(), THREADS, Optional.empty(), recorder, room);
            } while (heap.looks() < LOOKS);
        }
        assertThat(simulation).isNotNull();
        assertThat(recorder).isNotNull();
        long measured = heap.peakBytes() - before;
        assertThat(rows.size()).isEqualTo(file.spec().cohort().nodes());
        long estimate = MemoryEstimate
                .of(file.spec(), MemoryEstimate.load(file.spec(), Simulation.load(rows, room), THREADS)).bytes();
        assertThat(estimate).isBetween(measured, 3 * measured + ANYWAY);
    }

    private static SortedMap<String, Table> texts(DataSpec spec, int clients, int characters) {
        SplittableRandom random = new SplittableRandom(7);
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < clients; client++) {
            Texts.Builder texts = new Texts.Builder();
            TextEncoder encoder = TextEncoder.of(spec.schema().features().getFirst(), texts);
            double[] ends = new double[10];
            for (int row = 0; row < ends.length; row++) {
                StringBuilder text = new StringBuilder();
                random.ints(characters, 'a', 'z').forEach(text::appendCodePoint);
                ends[row] = encoder.encode(text.toString());
            }
            tables.put("client-" + client,
                    new Table(spec.schema(), new double[][]{ends}, ends, new boolean[ends.length], texts.build()));
        }
        return tables;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static SortedMap<String, Table> tables(Schema schema, int clients, int rows) {
        SplittableRandom random = new SplittableRandom(7);
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < clients; client++) {
            double[][] features = new double[schema.features().size()][];
            for (int f = 0; f < features.length; f++) {
                features[f] = random.doubles(rows).toArray();
            }
            double[] labels = random.ints(rows, 0, 2).asDoubleStream().toArray();
            tables.put("client-" + client, new Table(schema, features, labels, new boolean[rows]));
        }
        assertThat(schema.label()).isInstanceOf(Column.Category.class);
        return tables;
    }
}
