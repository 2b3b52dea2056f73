package dev.hansa.cli.audit;

import dev.hansa.core.privacy.audit.LikelihoodRatio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Models that an attacker trains on rows of the same kind. They come in pairs, of which one learns from the rows that the other
 * does not, so that of each row half of them have learned.
 */
final class Shadows {
    private final List<double[]> confidences = new ArrayList<>();
    private final List<boolean[]> coins = new ArrayList<>();

    /** A model more. */
    void add(boolean[] in, double[] sure) {
        coins.add(in);
        confidences.add(sure);
    }

    /** By row how much the observed confidence is rather that of a model that learned from it. */
    double[] likelihoodRatios(double[] observed) {
        double[][] with = new double[observed.length][];
        double[][] without = new double[observed.length][];
        double squares = 0;
        long free = 0;
        for (int row = 0; row < observed.length; row++) {
            with[row] = of(row, true);
            without[row] = of(row, false);
            squares += LikelihoodRatio.squares(with[row]) + LikelihoodRatio.squares(without[row]);
            free += confidences.size() - 2L;
        }
        double[] ratios = new double[observed.length];
        if (free == 0) { // of a single pair: which of both it is nearer to
            for (int row = 0; row < ratios.length; row++) {
                ratios[row] = LikelihoodRatio.online(with[row], without[row], 1, observed[row]);
            }
            return ratios;
        }
        double deviation = Math.sqrt(squares / free);
        for (int row = 0; row < ratios.length; row++) {
            ratios[row] = LikelihoodRatio.online(with[row], without[row], deviation, observed[row]);
        }
        return ratios;
    }

    private double[] of(int row, boolean in) {
        double[] values = new double[confidences.size()];
        int count = 0;
        for (int model = 0; model < values.length; model++) {
            if (coins.get(model)[row] == in) {
                values[count++] = confidences.get(model)[row];
            }
        }
        return Arrays.copyOf(values, count);
    }
}
