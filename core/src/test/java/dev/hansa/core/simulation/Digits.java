package dev.hansa.core.simulation;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The UCI optical digits as the references use them: 1,797 rows of 64 pixels from 0 to 1; every fifth row, from the first
 * on, is for testing, the other 1,437 are dealt to 20 clients.
 */
final class Digits {
    static final int CLIENTS = 20;

    private static final Schema SCHEMA = new Schema(
            IntStream.range(0, 64).<Column>mapToObj(pixel -> new Column.Number("pixel" + pixel, "")).toList(),
            new Column.Category("digit", "", IntStream.range(0, 10).mapToObj(String::valueOf).toList()));

    private final Table all = load();

    Schema schema() {
        return SCHEMA;
    }

    Table test() {
        return all.select(IntStream.range(0, all.rows()).filter(row -> row % 5 == 0).toArray());
    }

    private int[] training() {
        return IntStream.range(0, all.rows()).filter(row -> row % 5 != 0).toArray();
    }

    /** Client k has the training positions p with p % 20 = k. */
    SortedMap<String, Table> iid() {
        int[] training = training();
        return clients(client -> IntStream.range(0, training.length).filter(p -> p % CLIENTS == client)
                .map(p -> training[p]).toArray());
    }

    /** Training rows in stable order of their label, cut into 40 shards of 35; client k has the shards k and k + 20. */
    SortedMap<String, Table> twoClassesEach() {
        int[] sorted = IntStream.of(training()).boxed().sorted(Comparator.comparingDouble(row -> all.labels()[row]))
                .mapToInt(Integer::intValue).toArray();
        return clients(client -> IntStream.of(client, client + CLIENTS)
                .flatMap(shard -> Arrays.stream(sorted, 35 * shard, 35 * (shard + 1))).toArray());
    }

    private SortedMap<String, Table> clients(IntFunction<int[]> rows) {
        SortedMap<String, Table> clients = new TreeMap<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.put(String.format("client-%02d", client), all.select(rows.apply(client)));
        }
        return clients;
    }

    private static Table load() {
        List<String[]> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(
                        Digits.class.getResourceAsStream("digits-8x8/digits.csv.gz"))),
                StandardCharsets.US_ASCII))) {
            reader.lines().forEach(line -> lines.add(line.split(",")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double[][] pixels = new double[64][lines.size()];
        double[] labels = new double[lines.size()];
        for (int row = 0; row < labels.length; row++) {
            for (int pixel = 0; pixel < 64; pixel++) {
                pixels[pixel][row] = Integer.parseInt(lines.get(row)[pixel]) / 16.0;
            }
            labels[row] = Integer.parseInt(lines.get(row)[64]);
        }
        return new Table(SCHEMA, pixels, labels, new boolean[labels.length]);
    }
}
