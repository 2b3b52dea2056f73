package dev.hansa.core.statistics;

import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.Table;
import dev.hansa.core.privacy.noise.IntegerSampler;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.question.Standardising;
import java.util.List;
import java.util.Map;

/**
 * The client's half of {@link Standardising}: its answer, over the rows that it trains on.
 *
 * <p>Guarantee: one participant moves the answer by {@link Standardising#norm} at most, whatever its values are. The noise is
 * discrete Gaussian, on whole numbers, as Canonne, Kamath, Steinke, <i>The Discrete Gaussian for Differential Privacy</i>, NeurIPS
 * 2020: it protects as the continuous one does. Where the coordinator adds it, which sees what is told before, no sum is over so few
 * rows apart from a bound that it gives them away.
 */
public final class BoundedMoments {
    private BoundedMoments() {}

    /**
     * The answer.
     *
     * @param table  with at least one row to train on
     * @param random of noise; nothing is drawn if the coordinator adds it
     * @throws DataException if too few rows are apart from a bound
     */
    public static long[] of(Standardising asked, Table table, RandomBytes random) {
        asked.check(table.schema());
        int[] rows = table.rows(false);
        long[] numbers = new long[asked.numbers()];
        int at = 0;
        for (Map.Entry<String, Bounds> column : asked.bounds().entrySet()) {
            double[] values = values(table, column.getKey());
            if (!asked.own()) {
                Tally.requireNoneAlone(column.getValue(), values, rows);
            }
            long places = 0;
            long squares = 0;
            for (int row : rows) {
                double twice = 2 * column.getValue().place(values[row]) - 1;
                places += units(twice / 2);
                squares += units(twice * twice - 0.5);
            }
            numbers[at++] = asked.ofRows() ? places : Math.round((double) places / rows.length);
            numbers[at++] = asked.ofRows() ? squares : Math.round((double) squares / rows.length);
        }
        if (asked.own()) {
            addNoise(numbers, asked, random);
        }
        return numbers;
    }

    private static long units(double participants) {
        return Math.round(participants * Standardising.ONE);
    }

    private static double[] values(Table table, String column) {
        List<Column> features = table.schema().features();
        for (int i = 0; i < features.size(); i++) {
            if (features.get(i).name().equals(column)) {
                return table.features()[i];
            }
        }
        return table.labels();
    }

    /** One release: noise of {@link Standardising#deviation} in each number. */
    static void addNoise(long[] numbers, Standardising asked, RandomBytes random) {
        IntegerSampler sampler = IntegerSampler.discreteGaussian(asked.deviation());
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.addExact(numbers[i], sampler.next(random));
        }
    }
}
