package dev.hansa.core.simulation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows that scikit-learn's {@code train_test_split(rows, train_size=0.66, test_size=0.34, random_state=43, stratify=…)}
 * tests on, for labels 0 and 1; unstratified if a label has fewer than 3 rows.
 */
final class TrainTestSplit {

    private TrainTestSplit() {}

    static int[] heldOut(int[] labels) {
        int training = (int) (0.66 * labels.length);
        int[] zeros = rows(labels, 0);
        int[] ones = rows(labels, 1);
        MersenneTwister random = new MersenneTwister(43);
        if (Math.min(zeros.length, ones.length) < 3) {
            return Arrays.copyOf(random.permutation(labels.length), labels.length - training);
        }
        int zerosToTrain = (int) Math.round((double) zeros.length * training / labels.length);
        int[] held = heldOut(zeros, zerosToTrain, random);
        return IntStream.concat(Arrays.stream(held), Arrays.stream(heldOut(ones, training - zerosToTrain, random)))
                .toArray();
    }

    private static int[] rows(int[] labels, int label) {
        return IntStream.range(0, labels.length).filter(row -> labels[row] == label).toArray();
    }

    private static int[] heldOut(int[] rows, int training, MersenneTwister random) {
        return Arrays.stream(random.permutation(rows.length)).skip(training).map(i -> rows[i]).toArray();
    }
}
