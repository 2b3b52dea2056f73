package dev.hansa.core.simulation;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Synthetic(α, β) of Li et al., <i>Federated Optimization in Heterogeneous Networks</i>, MLSys 2020, section 5.1: 30 users
 * with 60 features and 10 classes, whose models differ by α and whose inputs by β; every draw comes from one stream, in a
 * fixed order.
 */
final class SyntheticData {
    static final int USERS = 30;
    private static final int FEATURES = 60;
    private static final int CLASSES = 10;

    static final Schema SCHEMA = new Schema(
            IntStream.range(0, FEATURES).<Column>mapToObj(j -> new Column.Number("x" + j, "")).toList(),
            new Column.Category("y", "", IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList()));

    private final SplittableRandom random = new SplittableRandom(1);
    private final int[] sizes = new int[USERS];
    private final double[] modelMean = new double[USERS];
    private final double[][] inputMean = new double[USERS][FEATURES];
    private final double[][] weights = new double[FEATURES][CLASSES];
    private final double[] biases = new double[CLASSES];

    private SyntheticData() {}

    /** By user, its rows in the order in which they were drawn; the last tenth is held out. */
    static SortedMap<String, Table> heterogeneous(double alpha, double beta) {
        return new SyntheticData().draw(alpha, beta, false);
    }

    /** The same model and inputs for all users. */
    static SortedMap<String, Table> alike() {
        return new SyntheticData().draw(0, 0, true);
    }

    /** Two uniform numbers each. */
    private double gaussian() {
        double u = random.nextDouble();
        double angle = 2 * Math.PI * random.nextDouble();
        return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(angle);
    }

    private SortedMap<String, Table> draw(double alpha, double beta, boolean alike) {
        for (int user = 0; user < USERS; user++) {
            sizes[user] = (int) Math.exp(4 + 2 * gaussian()) + 50;
        }
        for (int user = 0; user < USERS; user++) {
            modelMean[user] = alpha * gaussian();
        }
        double[] centre = new double[USERS];
        for (int user = 0; user < USERS; user++) {
            centre[user] = beta * gaussian();
        }
        for (int user = 0; user < USERS && !alike; user++) {
            for (int j = 0; j < FEATURES; j++) {
                inputMean[user][j] = centre[user] + gaussian();
            }
        }
        if (alike) {
            model(0);
        }
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int user = 0; user < USERS; user++) {
            if (!alike) {
                model(modelMean[user]);
            }
            tables.put(String.format("user-%02d", user), rows(user));
        }
        return tables;
    }

    private void model(double mean) {
        for (double[] row : weights) {
            Arrays.setAll(row, c -> mean + gaussian());
        }
        Arrays.setAll(biases, c -> mean + gaussian());
    }

    private Table rows(int user) {
        int rows = sizes[user];
        double[][] columns = new double[FEATURES][rows];
        double[] labels = new double[rows];
        boolean[] heldOut = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            double[] scores = biases.clone();
            for (int j = 0; j < FEATURES; j++) {
                double x = inputMean[user][j] + Math.sqrt(Math.pow(j + 1, -1.2)) * gaussian();
                columns[j][row] = x;
                for (int c = 0; c < CLASSES; c++) {
                    scores[c] += x * weights[j][c];
                }
            }
            labels[row] = argmax(scores);
            heldOut[row] = row >= (int) Math.floor(0.9 * rows);
        }
        return new Table(SCHEMA, columns, labels, heldOut);
    }

    private static int argmax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
