package dev.hansa.core.simulation;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fed-Heart-Disease as FLamby defines it: Ogier du Terrail et al., <i>FLamby: Datasets and Benchmarks for Cross-Silo
 * Federated Learning in Realistic Healthcare Settings</i>, NeurIPS 2022, and {@code fed_heart_disease/dataset.py} there.
 *
 * <p>Of the 13 features of the UCI files the last three (slope, ca, thal) are dropped, and then incomplete rows; chest pain
 * and resting ECG become a number for each of their values but the lowest, which makes 13 again. The rows to test on are
 * those of scikit-learn's {@code train_test_split} with random_state 43, stratified by label unless a label has fewer than 3
 * rows. Centres train on what their own training rows standardise; the pooled test is standardised by all training rows.
 */
final class HeartDisease {
    static final List<String> CENTRES = List.of("cleveland", "hungarian", "switzerland", "va");
    static final Schema SCHEMA = new Schema(
            Stream.of("age", "sex", "trestbps", "chol", "fbs", "thalach", "exang", "oldpeak", "cp 2", "cp 3", "cp 4",
                    "restecg 1", "restecg 2").<Column>map(name -> new Column.Number(name, "")).toList(),
            new Column.Category("disease", "", List.of("no", "yes")));
    private static final int FEATURES = 13;
    private static final int KEPT = 10;

    private final SortedMap<String, Table> training = new TreeMap<>();
    private final Table test;
    private final SortedMap<String, Table> marked = new TreeMap<>();

    HeartDisease(Path folder) {
        List<double[]> allTraining = new ArrayList<>();
        List<double[]> allTest = new ArrayList<>();
        for (String centre : CENTRES) {
            List<double[]> rows = rows(folder.resolve("processed." + centre + ".data"));
            List<double[]> own = new ArrayList<>(rows);
            for (int row : TrainTestSplit.heldOut(rows.stream().mapToInt(row -> (int) row[FEATURES]).toArray())) {
                allTest.add(rows.get(row));
                own.remove(rows.get(row)); // arrays are equal to none but themselves
            }
            allTraining.addAll(own);
            marked.put(centre, marked(rows, own));
            training.put(centre, standardised(own, own));
        }
        test = standardised(allTest, allTraining);
    }

    /** By centre. */
    SortedMap<String, Table> training() {
        return training;
    }

    /** By centre, raw, with those to test on held out. */
    SortedMap<String, Table> marked() {
        return marked;
    }

    private static Table marked(List<double[]> rows, List<double[]> training) {
        double[][] columns = IntStream.range(0, FEATURES).mapToObj(column -> column(rows, column))
                .toArray(double[][]::new);
        boolean[] heldOut = new boolean[rows.size()];
        for (int row = 0; row < heldOut.length; row++) {
            heldOut[row] = !training.contains(rows.get(row));
        }
        return new Table(SCHEMA, columns, column(rows, FEATURES), heldOut);
    }

    /** Of all centres. */
    Table test() {
        return test;
    }

    /** The features and, last, the label. */
    private static List<double[]> rows(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.split(","))
                    .filter(cells -> Arrays.stream(cells, 0, KEPT).noneMatch("?"::equals))
                    .map(cells -> row(Arrays.stream(cells, 0, KEPT).mapToDouble(Double::parseDouble).toArray(),
                            cells[FEATURES].equals("0") ? 0 : 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] row(double[] x, int label) {
        double pain = x[2];
        double ecg = x[6];
        return new double[]{x[0], x[1], x[3], x[4], x[5], x[7], x[8], x[9], pain == 2 ? 1 : 0, pain == 3 ? 1 : 0,
                pain == 4 ? 1 : 0, ecg == 1 ? 1 : 0, ecg == 2 ? 1 : 0, label};
    }

    private static Table standardised(List<double[]> rows, List<double[]> by) {
        double[][] columns = IntStream.range(0, FEATURES)
                .mapToObj(column -> standardised(column(rows, column), column(by, column))).toArray(double[][]::new);
        return new Table(SCHEMA, columns, column(rows, FEATURES), new boolean[rows.size()]);
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }

    private static double[] standardised(double[] values, double[] by) {
        double mean = Arrays.stream(by).average().orElseThrow();
        double squares = Arrays.stream(by).map(value -> (value - mean) * (value - mean)).sum();
        double deviation = Math.sqrt(squares / (by.length - 1)) + 1e-9; // as there: a constant column becomes zeros
        return Arrays.stream(values).map(value -> (value - mean) / deviation).toArray();
    }
}
