package dev.hansa.core.simulation;

import dev.hansa.core.model.Seed;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * As many rows for each client, but of other classes: Hsu, Qi and Brown, <i>Measuring the Effects of Non-Identical Data
 * Distribution for Federated Visual Classification</i>, 2019, section 3. Each client draws its shares of the classes
 * {@code q ~ Dir(α C p)}, p being the shares of the C classes among all rows, and then its rows one by one: the class by q, a
 * row of the class at random. So α is that of one class, where classes are equally frequent, as most code has it today; the paper's own is
 * C times as large. Where a class has no rows left, the client goes on with the others, in the proportions that q gives them.
 *
 * <p>Sizes differ by one row at most, so nobody is without rows and nothing has to be drawn again; that is the difference to
 * Yurochkin et al., <i>Bayesian Nonparametric Federated Learning of Neural Networks</i>, ICML 2019, who divide each class
 * among the clients by {@code Dir(α)}, by which sizes differ too. Clients are served in random order, so that each has the
 * same distribution: its expected share of each class is that of all rows. With a large α clients are nearly alike, with a
 * small one nearly all of a client's rows are of one class.
 *
 * @param clients at least 1
 * @param alpha   from {@value #LEAST} to {@value #MOST}
 * @param labels  the class of each row
 */
@SuppressWarnings("ArrayRecordComponent") // as large as the table, and nobody changes it
public record DirichletLabels(int clients, double alpha, double[] labels, Seed seed) implements Partitioner {
    /** The least α: clients of one class each, but for what is left over. */
    public static final double LEAST = 1e-6;
    /** The greatest α: as good as no difference. */
    public static final double MOST = 1e6;

    public DirichletLabels {
        Owners.requireClients(clients);
        if (!(alpha >= LEAST && alpha <= MOST)) {
            throw new IllegalArgumentException(
                    "alpha is " + alpha + ", expected a number above 0, from 0.000001 to 1000000");
        }
    }

    @Override
    public SortedMap<String, int[]> rows(int count) {
        if (count != labels.length) {
            throw new IllegalArgumentException("got " + labels.length + " labels for " + count + " rows");
        }
        Owners.requireRows(count, clients);
        Stock stock = new Stock(labels, seed.derive("rows").random());
        int[] order = IntStream.range(0, clients).toArray();
        Owners.shuffle(order, seed.derive("order").random());
        int[] owners = new int[count];
        for (int client : order) {
            SplittableRandom random = seed.derive("client").derive(client).random();
            double[] shares = new double[stock.prior.length];
            for (int c = 0; c < shares.length; c++) {
                shares[c] = Draws.logGamma(alpha * shares.length * stock.prior[c], random);
            }
            stock.open(shares);
            int size = count / clients + (client < count % clients ? 1 : 0);
            for (int i = 0; i < size; i++) {
                owners[stock.take(random)] = client;
            }
        }
        return Owners.parts(owners, clients);
    }

    /** The rows that nobody has yet, by class. */
    private static final class Stock {
        private final int[][] rows;
        private final int[] left;
        /** By class, its share of all rows. */
        private final double[] prior;
        /** By class, what it and those before it weigh for the client at hand; a class without rows weighs nothing. */
        private final double[] cumulative;
        private double[] logShares = {};

        Stock(double[] labels, SplittableRandom random) {
            double[] classes = Arrays.stream(labels).sorted().distinct().toArray();
            left = new int[classes.length];
            int[] classOf = new int[labels.length];
            for (int row = 0; row < labels.length; row++) {
                classOf[row] = Arrays.binarySearch(classes, labels[row]);
                left[classOf[row]]++;
            }
            rows = new int[classes.length][];
            prior = new double[classes.length];
            cumulative = new double[classes.length];
            for (int c = 0; c < classes.length; c++) {
                rows[c] = new int[left[c]];
                prior[c] = (double) left[c] / labels.length;
            }
            int[] filled = new int[classes.length];
            for (int row = 0; row < labels.length; row++) {
                rows[classOf[row]][filled[classOf[row]]++] = row;
            }
            for (int[] ofClass : rows) {
                Owners.shuffle(ofClass, random);
            }
        }

        /** @param shares of the next client by class, as logarithms, whatever they sum to */
        void open(double[] shares) {
            logShares = shares;
            weigh();
        }

        /** The shares are brought to the largest of those that are left, or all might be too small to be told from 0. */
        private void weigh() {
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < left.length; c++) {
                most = left[c] > 0 ? Math.max(most, logShares[c]) : most;
            }
            double sum = 0;
            for (int c = 0; c < left.length; c++) {
                sum += left[c] > 0 ? Math.exp(logShares[c] - most) : 0;
                cumulative[c] = sum;
            }
        }

        /** A row for the client at hand. */
        int take(SplittableRandom random) {
            double point = random.nextDouble() * cumulative[cumulative.length - 1];
            int low = 0;
            int high = cumulative.length - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (cumulative[middle] > point) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            while (left[low] == 0) { // the point was rounded up to the end
                low--;
            }
            int row = rows[low][--left[low]];
            if (left[low] == 0) {
                weigh();
            }
            return row;
        }
    }
}
