package dev.hansa.core.simulation;

import dev.hansa.core.model.Seed;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Few clients with many rows and many with few: the client of rank r gets in proportion to {@code r^-exponent} (Zipf's law),
 * rows at random. That clients' sizes follow a power law is the setting of Li et al., <i>Federated Optimization in
 * Heterogeneous Networks</i>, MLSys 2020, section 5.1, who do not tell its exponent; that it is a law of ranks is a choice
 * made here, by which the same exponent gives the same sizes with each seed.
 *
 * <p>Each client has one row; the others are divided by the law and rounded so that who was cut most gets one more. Client 1
 * has the most.
 *
 * @param clients  at least 1
 * @param exponent of 0 (all alike) or more
 */
public record PowerLawSizes(int clients, double exponent, Seed seed) implements Partitioner {

    public PowerLawSizes {
        Owners.requireClients(clients);
        if (!(exponent >= 0 && Double.isFinite(exponent))) {
            throw new IllegalArgumentException("exponent is " + exponent + ", expected a number of 0 or more");
        }
    }

    @Override
    public SortedMap<String, int[]> rows(int count) {
        Owners.requireRows(count, clients);
        int[] sizes = sizes(count - clients);
        int[] owners = new int[count];
        int next = 0;
        for (int client = 0; client < clients; client++) {
            Arrays.fill(owners, next, next + 1 + sizes[client], client);
            next += 1 + sizes[client];
        }
        Owners.shuffle(owners, seed.random());
        return Owners.parts(owners, clients);
    }

    /** How the rows that are left when each client has one are divided. */
    private int[] sizes(int rows) {
        double[] exact = IntStream.rangeClosed(1, clients).mapToDouble(rank -> Math.pow(rank, -exponent)).toArray();
        double all = Arrays.stream(exact).sum();
        int[] sizes = new int[clients];
        int given = 0;
        for (int client = 0; client < clients; client++) {
            exact[client] *= rows / all;
            sizes[client] = (int) exact[client];
            given += sizes[client];
        }
        int left = rows - given;
        IntStream.range(0, clients).boxed()
                .sorted(Comparator.comparingDouble(client -> sizes[client] - exact[client])).limit(left)
                .forEach(client -> sizes[client]++);
        return sizes;
    }
}
