package dev.hansa.core.simulation;

import dev.hansa.core.model.Seed;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Few labels for each client: the rows are sorted by label (rows of one label stay in their order) and cut into shards, as
 * large as can be, of which each client is dealt some at random. McMahan et al., <i>Communication-Efficient Learning of Deep
 * Networks from Decentralized Data</i>, AISTATS 2017, section 3: 100 clients with two shards each.
 *
 * <p>Where labels end within shards, a client has more labels than shards: over all clients at most one more for each label.
 *
 * @param clients at least 1
 * @param shards  of each client; at least 1
 * @param labels  of each row; classes or numbers
 */
@SuppressWarnings("ArrayRecordComponent") // as large as the table, and nobody changes it
public record LabelShards(int clients, int shards, double[] labels, Seed seed) implements Partitioner {

    public LabelShards {
        Owners.requireClients(clients);
        if (shards < 1) {
            throw new IllegalArgumentException("got " + shards + " shards a client, expected at least 1");
        }
    }

    @Override
    public SortedMap<String, int[]> rows(int count) {
        if (count != labels.length) {
            throw new IllegalArgumentException("got " + labels.length + " labels for " + count + " rows");
        }
        Owners.requireRows(count, clients);
        if ((long) clients * shards > count) {
            throw new IllegalArgumentException("cannot cut " + count + " rows into " + (long) clients * shards
                    + " shards, " + shards + " for each of " + clients + " clients; expected at most " + count / clients
                    + " for each, or at most " + Math.max(1, count / shards) + " clients");
        }
        int[] sorted = IntStream.range(0, count).boxed().sorted(Comparator.comparingDouble(row -> labels[row]))
                .mapToInt(Integer::intValue).toArray();
        int[] dealt = IntStream.range(0, clients * shards).toArray();
        Owners.shuffle(dealt, seed.random());
        int[] owners = new int[count];
        for (int i = 0; i < dealt.length; i++) {
            for (int at = start(dealt[i], count); at < start(dealt[i] + 1, count); at++) {
                owners[sorted[at]] = i / shards;
            }
        }
        return Owners.parts(owners, clients);
    }

    private int start(int shard, int count) {
        return (int) ((long) shard * count / ((long) clients * shards));
    }
}
